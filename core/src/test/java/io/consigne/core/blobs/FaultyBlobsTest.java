package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.keep;
import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.blobs.FaultyBlobs.Call;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.testing.Refusal;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link FaultyBlobs} keeps the contract, and fails as it is told. */
class FaultyBlobsTest extends BlobsContract {
  private final FaultyBlobs faulty = new FaultyBlobs(new Random(1));

  /** The same object: memory does not outlive it. */
  @Override
  Blobs open() {
    return faulty;
  }

  /** Memory does not wait, so that an interrupt changes nothing. */
  @Override
  @Test
  void thread_interrupted_keepsAndReadsNothing() {
    Thread.currentThread().interrupt();
    assertThat(read(faulty, keep(faulty, random(1, 10)))).isEqualTo(random(1, 10));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void crash_forgetsWhatWasNotCommitted() {
    var kept = keep(faulty, random(1, 10));
    var writer = faulty.create();
    writer.endRecord();
    var reader = faulty.open(kept, 0, 10);
    faulty.crash();
    assertThatThrownBy(() -> faulty.commit(List.of(writer)))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(reader::next).isInstanceOf(UncheckedIOException.class);
    assertThat(visible()).containsOnlyKeys(kept.storeFile());
    assertThat(read(faulty, kept)).isEqualTo(random(1, 10));
    assertThat(faulty.unclosed()).isEmpty();
  }

  @Test
  void failAt_secondWrite_failsOnceAndSpendsTheWriter() {
    faulty.failAt(Call.WRITE, 2);
    try (var writer = faulty.create()) {
      writer.write(ByteBuffer.allocate(1));
      assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(1)))
          .hasMessageContaining("injected failure of WRITE");
      assertThatThrownBy(writer::endRecord).isInstanceOf(IllegalStateException.class);
    }
    keep(faulty, random(1, 10));
  }

  @Test
  void failAt_commit_keepsNothing() {
    faulty.failAt(Call.COMMIT, 1);
    try (var writer = faulty.create()) {
      writer.endRecord();
      assertThatThrownBy(() -> faulty.commit(List.of(writer)))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> faulty.commit(List.of(writer)))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(visible()).isEmpty();
  }

  @Test
  void fullAfter_failsWithStoreFull() {
    faulty.fullAfter(15);
    keep(faulty, random(1, 10));
    assertThat(faulty.availableBytes()).isEqualTo(5);
    assertThatThrownBy(() -> keep(faulty, random(1, 10)))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isEqualTo(new Failure.StoreFull()));
  }

  @Test
  void flipAndTruncate_areFoundByReading() {
    var flipped = keep(faulty, random(1, 10));
    faulty.flip(flipped.storeFile(), 3);
    assertThat(Refusal.of(() -> read(faulty, flipped))).isInstanceOf(Failure.Rotten.class);
    var cut = keep(faulty, random(1, 10));
    faulty.truncate(cut.storeFile(), 3);
    assertThat(Refusal.of(() -> read(faulty, cut))).isInstanceOf(Failure.Rotten.class);
  }

  @Test
  void unclosed_namesWritersAndReaders() {
    var segment = keep(faulty, random(1, 10));
    var reader = faulty.open(segment, 0, 1);
    var writer = faulty.create();
    assertThat(faulty.unclosed())
        .containsExactly("reader " + segment.storeFile(), "writer " + writer.name());
    reader.close();
    writer.close();
    assertThat(faulty.unclosed()).isEmpty();
  }
}
