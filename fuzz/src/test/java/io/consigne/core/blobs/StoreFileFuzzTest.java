package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.fuzz.FuzzTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * A store file that was damaged never yields a wrong byte, and fails as rotten; where it is sound
 * it is read.
 *
 * <p>An input is where to read from and to, in three octets each, how many bytes to cut off in two,
 * and edits: a place in three octets, and the bits to flip there.
 */
final class StoreFileFuzzTest extends FuzzTarget {
  private static final StoreFileName NAME = new StoreFileName("0123456789abcdef".repeat(2));
  private static final int EDIT_BYTES = 4;

  private final BufferPool pool = new BufferPool();
  private final byte[] content = new byte[3 * RecordFormat.BLOCK_BYTES + 100];
  private final Segment segment;
  private final byte[] good;

  StoreFileFuzzTest() throws IOException {
    new Random(1).nextBytes(content);
    var file = new HeldBytes();
    try (var records = new RecordWriter(NAME, file, HeldBytes::new)) {
      records.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      var _ = records.endRecord();
      records.write(ByteBuffer.wrap(content));
      segment = records.endRecord();
    }
    good = file.bytes();
  }

  @FuzzTest
  void fuzz(byte[] input) {
    check(input);
  }

  @Override
  protected void check(byte[] input) {
    if (input.length < 8) {
      return;
    }
    var choices = ByteBuffer.wrap(input);
    int from = number(choices) % (content.length + 1);
    int to = from + number(choices) % (content.length + 1 - from);
    var file = new HeldBytes();
    file.replace(damaged(choices));
    boolean sound = Arrays.equals(file.bytes(), good);
    var read = new ByteArrayOutputStream();
    try (var reader = new CheckedReader(segment, from, to, file, pool)) {
      for (ByteBuffer piece = reader.next(); piece != null; piece = reader.next()) {
        var bytes = new byte[piece.remaining()];
        piece.get(bytes);
        read.writeBytes(bytes);
      }
      assertThat(read.size()).isEqualTo(to - from);
    } catch (FailureException refused) {
      assertThat(sound).as("a sound file is read: " + refused.getMessage()).isFalse();
      assertThat(refused.failure()).isInstanceOf(Failure.Rotten.class);
    }
    assertThat(read.toByteArray()).isEqualTo(Arrays.copyOfRange(content, from, from + read.size()));
    checkOtherSegment(input, file);
  }

  private byte[] damaged(ByteBuffer choices) {
    int cut = choices.getShort() & 0xffff;
    byte[] bytes = Arrays.copyOf(good, Math.max(0, good.length - cut));
    while (choices.remaining() >= EDIT_BYTES && bytes.length > 0) {
      int at = number(choices) % bytes.length;
      bytes[at] ^= choices.get();
    }
    return bytes;
  }

  private static int number(ByteBuffer choices) {
    return (choices.getShort() & 0xffff) << 8 | (choices.get() & 0xff);
  }

  /** A segment that is no record, as a damaged database could name it, is none. */
  private void checkOtherSegment(byte[] input, HeldBytes file) {
    ByteBuffer numbers = ByteBuffer.wrap(Arrays.copyOf(input, 2 * Long.BYTES));
    long offset = numbers.getLong() >>> (input[0] & 63);
    long length = numbers.getLong() >>> (input[1] & 63);
    if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
      return;
    }
    var other = new Segment(NAME.text(), offset, length);
    try (var reader = new CheckedReader(other, 0, 0, file, pool)) {
      assertThat(offset).as("a record begins here").isIn(0L, segment.offset());
      assertThat(reader.next()).isNull();
    } catch (FailureException refused) {
      assertThat(refused.failure()).isInstanceOf(Failure.Rotten.class);
    } catch (UncheckedIOException e) {
      throw new AssertionError(other.toString(), e);
    }
  }
}
