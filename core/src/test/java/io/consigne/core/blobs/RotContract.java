package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoreFilesContract.BLOCK;
import static io.consigne.core.blobs.StoredBytes.keep;
import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.testing.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Blobs} does when its bytes are damaged: no wrong byte is ever handed out. */
abstract class RotContract {
  private static final int LENGTH = 5 * BLOCK + 100;
  private static final byte[] CONTENT = random(7, LENGTH);
  private static final int SUMS_AT = 10 + 4 + RecordFormat.FOOTER_BYTES + LENGTH;
  private static final int FOOTER_AT = SUMS_AT + 6 * RecordFormat.SUM_BYTES;

  Blobs blobs;
  Segment first;
  Segment second;

  abstract Blobs open();

  /** What the medium holds of a store file. */
  abstract byte[] bytes(String storeFile);

  /** Puts {@code bytes} on the medium in place of a store file's. */
  abstract void replace(String storeFile, byte[] bytes);

  @BeforeEach
  final void storeTwoRecords() {
    blobs = open();
    try (var writer = blobs.create()) {
      writer.write(ByteBuffer.wrap(random(1, 10)));
      first = writer.endRecord();
      writer.write(ByteBuffer.wrap(CONTENT));
      second = writer.endRecord();
      blobs.commit(List.of(writer));
    }
  }

  @Test
  void byte_flipped_isNeverServed() {
    var good = bytes(second.storeFile());
    for (int position : positions(good.length)) {
      var bad = good.clone();
      bad[position] ^= (byte) (1 << (position % 8));
      replace(second.storeFile(), bad);
      assertThat(failureOfReading()).as("flipped at " + position).isNotNull();
      assertThat(read(blobs, first)).isEqualTo(random(1, 10));
    }
    replace(second.storeFile(), good);
    assertThat(read(blobs, second)).isEqualTo(CONTENT);
  }

  @Test
  void block_flipped_isNamed() {
    flip((int) second.offset() + 2 * BLOCK + 5);
    long at = second.offset() + 2 * BLOCK;
    assertThat(failureOfReading()).isEqualTo(rotten(at, "the block's checksum differs"));
  }

  @Test
  void checksum_flipped_namesItsBlock() {
    flip(SUMS_AT + 2 * RecordFormat.SUM_BYTES);
    long at = second.offset() + 2 * BLOCK;
    assertThat(failureOfReading()).isEqualTo(rotten(at, "the block's checksum differs"));
  }

  @Test
  void footer_flipped_isFoundAtOpen() {
    flip(FOOTER_AT + 3);
    assertThatThrownBy(() -> blobs.open(second, 0, 0))
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(rotten(FOOTER_AT, "the record's footer differs")));
  }

  @Test
  void range_besideTheDamage_isServed() {
    flip((int) second.offset() + 4 * BLOCK);
    int to = 4 * BLOCK;
    assertThat(read(blobs, second, 100, to)).isEqualTo(Arrays.copyOfRange(CONTENT, 100, to));
  }

  @Test
  void firstBlock_isReadByNext() {
    flip((int) second.offset());
    try (var reader = blobs.open(second, 0, 1)) {
      assertThat(Refusal.of(reader::next)).isInstanceOf(Failure.Rotten.class);
      assertThat(Refusal.of(reader::next)).isInstanceOf(Failure.Rotten.class);
    }
  }

  @Test
  void storeFile_truncated_isNeverServed() {
    var good = bytes(second.storeFile());
    for (int size : positions(good.length)) {
      replace(second.storeFile(), Arrays.copyOf(good, size));
      assertThat(failureOfReading())
          .as("truncated to " + size)
          .isEqualTo(rotten(second.offset(), "the store file ends before the record does"));
    }
  }

  @Test
  void storeFile_truncatedWhileReading_isNeverServed() {
    var segment = keep(blobs, random(3, 40 * BLOCK));
    try (var reader = blobs.open(segment, 0, segment.length())) {
      assertThat(reader.next()).isNotNull();
      replace(segment.storeFile(), Arrays.copyOf(bytes(segment.storeFile()), 20 * BLOCK));
      assertThat(Refusal.of(() -> StoredBytes.drain(reader, new ByteArrayOutputStream())))
          .isInstanceOf(Failure.Rotten.class);
    }
  }

  @Test
  void storeFile_replacedByAnother_isNeverServed() {
    var one = keep(blobs, random(4, 100));
    var other = keep(blobs, random(5, 100));
    replace(one.storeFile(), bytes(other.storeFile()));
    assertThat(Refusal.of(() -> read(blobs, one))).isInstanceOf(Failure.Rotten.class);
  }

  @Test
  void block_withItsChecksumAtAnotherPlace_isNeverServed() {
    var bad = bytes(second.storeFile());
    int data = (int) second.offset();
    System.arraycopy(bad, data, bad, data + BLOCK, BLOCK);
    System.arraycopy(bad, SUMS_AT, bad, SUMS_AT + 4, 4);
    replace(second.storeFile(), bad);
    assertThat(failureOfReading()).isEqualTo(rotten(data + BLOCK, "the block's checksum differs"));
  }

  @Test
  void segment_thatIsNoRecord_isNeverServed() {
    var name = second.storeFile();
    for (Segment wrong :
        List.of(
            new Segment(name, second.offset() + 1, second.length()),
            new Segment(name, second.offset(), second.length() - 1),
            new Segment(name, second.offset(), BLOCK),
            new Segment(name, 0, 0),
            new Segment(name, 0, Long.MAX_VALUE),
            new Segment(name, Long.MAX_VALUE, 0))) {
      assertThat(Refusal.of(() -> blobs.open(wrong, 0, 0)))
          .as(wrong.toString())
          .isInstanceOf(Failure.Rotten.class);
    }
  }

  private void flip(int position) {
    var bytes = bytes(second.storeFile());
    bytes[position] ^= 1;
    replace(second.storeFile(), bytes);
  }

  /** Reads the second record; what came before the failure must be right. */
  private Failure failureOfReading() {
    var read = new ByteArrayOutputStream();
    var thrown =
        catchThrowableOfType(
            FailureException.class,
            () -> {
              try (var reader = blobs.open(second, 0, second.length())) {
                StoredBytes.drain(reader, read);
              }
            });
    assertThat(thrown).isNotNull();
    assertThat(read.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, read.size()));
    return thrown.failure();
  }

  private Failure rotten(long at, String what) {
    return new Failure.Rotten(second.storeFile() + " at " + at + ": " + what);
  }

  /** Positions within the second record: borders of blocks, its whole trailer, and some others. */
  private Set<Integer> positions(int size) {
    var positions = new TreeSet<Integer>();
    int data = (int) second.offset();
    for (int at = data; at < SUMS_AT; at += BLOCK) {
      positions.add(at);
      positions.add(Math.min(at + BLOCK, SUMS_AT) - 1);
    }
    for (int at = SUMS_AT; at < size; at++) {
      positions.add(at);
    }
    new Random(1).ints(50, data, SUMS_AT).forEach(positions::add);
    return positions;
  }
}
