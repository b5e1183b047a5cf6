package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.keep;
import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.testing.AtOnce;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link Blobs} does, packs included. */
abstract class BlobsContract extends StoreFilesContract {
  @Test
  void append_keepsEach_inOneStoreFile() {
    var contents = List.of(random(1, 10), random(2, 0), random(3, BLOCK + 1), random(4, 5));
    var segments = append(contents);

    assertThat(segments).extracting(Segment::storeFile).containsOnly(segments.get(0).storeFile());
    assertThat(visible()).containsOnlyKeys(segments.get(0).storeFile());
    for (int i = 0; i < segments.size(); i++) {
      assertThat(read(blobs, segments.get(i))).isEqualTo(contents.get(i));
      assertThat(read(open(), segments.get(i))).isEqualTo(contents.get(i));
    }
  }

  @Test
  void append_again_goesBehind() {
    var first = append(List.of(random(1, 10))).getFirst();
    var second = append(List.of(random(2, 20))).getFirst();

    long end = 10 + RecordFormat.SUM_BYTES + RecordFormat.FOOTER_BYTES;
    assertThat(second).isEqualTo(new Segment(first.storeFile(), end, 20));
    assertThat(read(blobs, first)).isEqualTo(random(1, 10));
    assertThat(read(blobs, second)).isEqualTo(random(2, 20));
  }

  @Test
  void append_leavesTheBuffersAsTheyAre() {
    var content = ByteBuffer.wrap(random(1, 10)).position(2).limit(7).asReadOnlyBuffer();
    try (var appended = blobs.append(List.of(content))) {
      assertThat(content.remaining()).isEqualTo(5);
      assertThat(read(blobs, appended.segments().getFirst()))
          .isEqualTo(Arrays.copyOfRange(random(1, 10), 2, 7));
    }
  }

  @Test
  void append_ofManyAtOnce_mixesUpNothing() throws Exception {
    var seeds = new AtomicInteger();
    var kept =
        AtOnce.run(
            50,
            () -> {
              var found = new HashMap<Integer, Segment>();
              for (int i = 0; i < 5; i++) {
                int seed = seeds.incrementAndGet();
                found.put(seed, append(List.of(random(seed, 100 * seed))).getFirst());
              }
              return found;
            });
    var all = new HashMap<Integer, Segment>();
    kept.forEach(all::putAll);

    assertThat(all).hasSize(250);
    all.forEach(
        (seed, segment) -> assertThat(read(blobs, segment)).isEqualTo(random(seed, 100 * seed)));
    assertThat(visible()).hasSize(1);
  }

  @Test
  void pack_thatIsHeld_isNeitherRetiredNorDeleted() {
    var held = blobs.append(List.of(ByteBuffer.wrap(random(1, 10))));
    var segment = held.segments().getFirst();
    append(List.of(random(2, 10)));
    assertThat(blobs.retire(segment.storeFile())).isFalse();
    assertThatThrownBy(() -> blobs.delete(segment.storeFile()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("store file is held: " + segment.storeFile());
    assertThat(read(blobs, segment)).isEqualTo(random(1, 10));

    var other = blobs.append(List.of(ByteBuffer.wrap(random(3, 10))));
    held.close();
    held.close();
    assertThat(other.segments().getFirst().storeFile()).isEqualTo(segment.storeFile());
    assertThat(blobs.retire(segment.storeFile())).isFalse();
    other.close();
    assertThat(blobs.retire(segment.storeFile())).isTrue();
  }

  @Test
  void pack_thatIsRetired_takesNoMore() {
    var before = append(List.of(random(1, 10))).getFirst();
    assertThat(blobs.retire(before.storeFile())).isTrue();
    assertThat(blobs.retire(before.storeFile())).isTrue();
    var after = append(List.of(random(2, 10))).getFirst();

    assertThat(after.storeFile()).isNotEqualTo(before.storeFile());
    assertThat(read(blobs, before)).isEqualTo(random(1, 10));
    blobs.delete(before.storeFile());
    assertThat(visible()).containsOnlyKeys(after.storeFile());
  }

  @Test
  void pack_thatIsDeleted_takesNoMore() {
    var gone = append(List.of(random(1, 10))).getFirst();
    blobs.delete(gone.storeFile());
    var kept = append(List.of(random(2, 10))).getFirst();

    assertThat(read(blobs, kept)).isEqualTo(random(2, 10));
    assertThat(visible()).containsOnlyKeys(kept.storeFile());
  }

  @Test
  void retire_ofWhatIsNoPack_isDone() {
    assertThat(blobs.retire(keep(blobs, random(1, 10)).storeFile())).isTrue();
    assertThat(blobs.retire("0".repeat(32))).isTrue();
  }

  @Test
  void cut_ofAPackOfThisRun_isRefused() {
    var segment = append(List.of(random(1, 10))).getFirst();
    blobs.retire(segment.storeFile());

    assertThat(blobs.cut(segment.storeFile(), 0)).isFalse();
    assertThat(blobs.cut("0".repeat(32), 0)).isFalse();
    assertThat(read(blobs, segment)).isEqualTo(random(1, 10));
  }

  @Test
  void cut_takesAwayTheTailAlone() {
    var segment = keep(blobs, random(1, 10));
    long size = segment.recordEnd();
    assertThat(visible()).containsEntry(segment.storeFile(), size);

    assertThat(blobs.cut(segment.storeFile(), size + 1)).isTrue();
    assertThat(visible()).containsEntry(segment.storeFile(), size);
    assertThat(blobs.cut(segment.storeFile(), size - 1)).isTrue();
    assertThat(visible()).containsEntry(segment.storeFile(), size - 1);
  }

  @Test
  void append_byAnInterruptedThread_keepsNothing() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> append(List.of(random(1, 10))))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(visible()).isEmpty();
  }

  @Test
  void append_toAClosedStore_isRefused() {
    var segment = append(List.of(random(1, 10))).getFirst();
    blobs.close();
    assertThatThrownBy(() -> append(List.of(random(1, 10))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store is closed");
    assertThat(read(blobs, segment)).isEqualTo(random(1, 10));
  }

  /** Appends, and lets go. */
  private List<Segment> append(List<byte[]> contents) {
    return StoredBytes.append(blobs, contents);
  }
}
