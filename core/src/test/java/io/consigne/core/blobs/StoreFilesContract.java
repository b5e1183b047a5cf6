package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.keep;
import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.testing.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Blobs} does with store files of one writer; {@link RotContract} says what it
 * does about damage.
 */
abstract class StoreFilesContract {
  static final int BLOCK = RecordFormat.BLOCK_BYTES;

  Blobs blobs;

  /** Opens the store of this test; at the second call over what the first one kept. */
  abstract Blobs open();

  @BeforeEach
  final void openStore() {
    blobs = open();
    blobs.clear();
  }

  @AfterEach
  final void closeStore() {
    blobs.close();
  }

  @Test
  void create_twice_givesNamesOfTheirOwn() {
    try (var one = blobs.create();
        var other = blobs.create()) {
      assertThat(one.name()).matches("[0-9a-f]{32}").isNotEqualTo(other.name());
    }
  }

  @Test
  void create_afterReopen_reusesNoName() {
    var names = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      blobs = open();
      names.add(keep(blobs, random(i, 10)).storeFile());
    }
    assertThat(names).doesNotHaveDuplicates();
    assertThat(visible()).containsOnlyKeys(names);
  }

  @Test
  void storeFile_beforeCommit_isNotVisible() {
    try (var writer = blobs.create()) {
      writer.write(ByteBuffer.wrap(random(1, 10)));
      var segment = writer.endRecord();
      assertThat(visible()).isEmpty();
      assertThat(Refusal.of(() -> blobs.open(segment, 0, 10))).isInstanceOf(Failure.Rotten.class);
    }
  }

  @Test
  void close_withoutCommit_removes() {
    var writer = blobs.create();
    writer.write(ByteBuffer.wrap(random(1, 10)));
    writer.close();
    writer.close();
    assertThat(visible()).isEmpty();
    assertThatThrownBy(() -> blobs.commit(List.of(writer)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_afterCommit_keeps() {
    var segment = keep(blobs, random(1, 10));
    assertThat(read(blobs, segment)).isEqualTo(random(1, 10));
    assertThat(read(open(), segment)).isEqualTo(random(1, 10));
  }

  @Test
  void commit_ofSeveral_keepsAll() {
    var segments = new ArrayList<Segment>();
    try (var one = blobs.create();
        var other = blobs.create()) {
      for (var writer : List.of(one, other)) {
        writer.write(ByteBuffer.wrap(random(segments.size(), 100)));
        segments.add(writer.endRecord());
      }
      blobs.commit(List.of(one, other));
      assertThat(visible()).containsOnlyKeys(one.name(), other.name());
    }
    assertThat(read(blobs, segments.get(0))).isEqualTo(random(0, 100));
    assertThat(read(blobs, segments.get(1))).isEqualTo(random(1, 100));
  }

  @Test
  void commit_ofNone_doesNothing() {
    blobs.commit(List.of());
    assertThat(visible()).isEmpty();
  }

  @Test
  void commit_withOpenRecord_isRefused() {
    try (var writer = blobs.create()) {
      writer.write(ByteBuffer.wrap(random(1, 10)));
      assertThatThrownBy(() -> blobs.commit(List.of(writer)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("store file has an open record: " + writer.name());
      assertThat(visible()).isEmpty();
    }
  }

  @Test
  void commit_again_isRefused() {
    try (var writer = blobs.create()) {
      writer.endRecord();
      blobs.commit(List.of(writer));
      assertThatThrownBy(() -> blobs.commit(List.of(writer)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("store file takes no more bytes: " + writer.name());
    }
    assertThat(visible()).hasSize(1);
  }

  @Test
  void write_afterCommit_isRefused() {
    try (var writer = blobs.create()) {
      writer.endRecord();
      blobs.commit(List.of(writer));
      assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(1)))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(writer::endRecord).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void write_takesAllBytesOfAnyBuffer() {
    var bytes = random(1, 3 * BLOCK + 17);
    try (var writer = blobs.create()) {
      for (int at = 0, count = 1; at < bytes.length; at += count, count = 7 * count) {
        count = Math.min(count, bytes.length - at);
        var heap = ByteBuffer.wrap(bytes, at, count);
        var buffer = count % 2 == 0 ? heap : ByteBuffer.allocateDirect(count).put(heap).flip();
        writer.write(buffer);
        assertThat(buffer.hasRemaining()).isFalse();
      }
      var segment = writer.endRecord();
      blobs.commit(List.of(writer));
      assertThat(read(blobs, segment)).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, BLOCK, 4 * BLOCK})
  void records_standBackToBack(int gathered) {
    var lengths = List.of(1, 0, BLOCK, BLOCK + 1, 0, 5);
    var segments = new ArrayList<Segment>();
    try (var writer = blobs.create()) {
      if (gathered > 0) {
        writer.gather(ByteBuffer.allocate(gathered));
      }
      for (int length : lengths) {
        long start = writer.size();
        if (length > 0) {
          writer.write(ByteBuffer.wrap(random(length, length)));
        }
        segments.add(writer.endRecord());
        assertThat(segments.getLast()).isEqualTo(new Segment(writer.name(), start, length));
      }
      blobs.commit(List.of(writer));
      assertThat(visible()).containsExactly(Map.entry(writer.name(), writer.size()));
    }
    for (Segment segment : segments) {
      int length = (int) segment.length();
      assertThat(read(blobs, segment)).isEqualTo(random(length, length));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 262_144, 262_145, 1_000_000})
  void record_ofAnyLength_isRead(int length) {
    assertThat(read(blobs, keep(blobs, random(1, length)))).isEqualTo(random(1, length));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1", "0, 0", "300000, 300000", "299999, 300000", "65535, 65537", "65536, 131072",
    "1, 299999", "70000, 70010", "0, 65536", "131072, 300000", "12345, 12345", "262143, 262145"
  })
  void range_isRead(int from, int to) {
    var bytes = random(1, 300_000);
    assertThat(read(blobs, keep(blobs, bytes), from, to))
        .isEqualTo(Arrays.copyOfRange(bytes, from, to));
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "6, 5", "0, 11", "11, 11"})
  void range_outsideSegment_isRefused(long from, long to) {
    var segment = keep(blobs, random(1, 10));
    assertThatThrownBy(() -> blobs.open(segment, from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("range " + from + " to " + to + " is not within 10 bytes");
  }

  @Test
  void next_givesBufferThatCannotBeChanged() {
    var segment = keep(blobs, random(1, 10));
    try (var reader = blobs.open(segment, 0, 10)) {
      assertThat(reader.next()).satisfies(buffer -> assertThat(buffer.isReadOnly()).isTrue());
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void reader_closed_isRefused() {
    var segment = keep(blobs, random(1, 10));
    var reader = blobs.open(segment, 0, 10);
    reader.close();
    reader.close();
    assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void delete_removes() {
    var gone = keep(blobs, random(1, 10));
    var kept = keep(blobs, random(2, 10));
    blobs.delete(gone.storeFile());
    blobs.delete(gone.storeFile());
    assertThat(visible()).containsOnlyKeys(kept.storeFile());
    assertThatThrownBy(() -> read(blobs, gone))
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(
                        new Failure.Rotten(gone.storeFile() + " at 0: the store file is missing")));
  }

  @Test
  void reader_whoseStoreFileIsDeleted_goesOn() {
    var bytes = random(1, 20 * BLOCK);
    var segment = keep(blobs, bytes);
    try (var reader = blobs.open(segment, 0, segment.length())) {
      var read = new ByteArrayOutputStream();
      var first = new byte[Objects.requireNonNull(reader.next()).remaining()];
      blobs.delete(segment.storeFile());
      StoredBytes.drain(reader, read);
      assertThat(read.toByteArray())
          .isEqualTo(Arrays.copyOfRange(bytes, first.length, bytes.length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../etc/passwd", "0123456789ABCDEF0123456789ABCDEF", "incoming"})
  void name_ofAnotherShape_isRefused(String name) {
    assertThatThrownBy(() -> blobs.delete(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not the name of a store file: " + name);
  }

  /** A damaged row may have it. */
  @Test
  void storeFileOfAnotherShape_isMissing() {
    assertThat(Refusal.of(() -> blobs.open(new Segment("../passwd", 7, 0), 0, 0)))
        .isEqualTo(new Failure.Rotten("../passwd at 7: no store file is called that"));
    assertThat(blobs.retire("../passwd")).isTrue();
  }

  @Test
  void clear_removesUnfinishedOnly() {
    var segment = keep(blobs, random(1, 10));
    var unfinished = blobs.create();
    unfinished.write(ByteBuffer.wrap(random(2, 10)));
    var reopened = open();
    reopened.clear();
    assertThat(read(reopened, segment)).isEqualTo(random(1, 10));
    assertThat(visible()).containsOnlyKeys(segment.storeFile());
    unfinished.close();
  }

  @Test
  void availableBytes_isPositive() {
    assertThat(blobs.availableBytes()).isPositive();
  }

  @Test
  void thread_interrupted_keepsAndReadsNothing() {
    var segment = keep(blobs, random(1, 10));
    try (var writer = blobs.create();
        var committed = blobs.create();
        var reader = blobs.open(segment, 0, 10)) {
      committed.endRecord();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(10)))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> blobs.commit(List.of(committed)))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(reader::next).isInstanceOf(UncheckedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(visible()).containsOnlyKeys(segment.storeFile());
    assertThat(read(blobs, segment)).isEqualTo(random(1, 10));
  }

  final Map<String, Long> visible() {
    var found = new HashMap<String, Long>();
    blobs.forEach(found::put);
    return found;
  }
}
