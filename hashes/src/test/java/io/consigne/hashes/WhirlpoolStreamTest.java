package io.consigne.hashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.bouncycastle.crypto.digests.WhirlpoolDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input in pieces of any size and kind gives the digest of the whole, as Bouncy Castle sees it. */
final class WhirlpoolStreamTest {
  private static byte[] reference(byte[] input, int length) {
    var digest = new WhirlpoolDigest();
    digest.update(input, 0, length);
    var out = new byte[Whirlpool.DIGEST_BYTES];
    digest.doFinal(out, 0);
    return out;
  }

  private static byte[] randomBytes(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void digest_ofEachLengthUpToFiveBlocks_agrees() {
    byte[] input = randomBytes(new Random(1), 5 * 64);
    var whirlpool = new Whirlpool();
    for (int length = 0; length <= input.length; length++) {
      whirlpool.update(input, 0, length);
      assertThat(whirlpool.digest()).as("length %d", length).isEqualTo(reference(input, length));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void digest_ofRandomSplits_agrees(long seed) {
    var random = new Random(seed);
    byte[] input = randomBytes(random, random.nextInt(200_000));
    var whirlpool = new Whirlpool();
    for (int at = 0; at < input.length; ) {
      int length = Math.min(input.length - at, random.nextInt(random.nextBoolean() ? 70 : 5000));
      add(whirlpool, input, at, length, random.nextInt(4));
      at += length;
    }
    assertThat(whirlpool.digest()).isEqualTo(reference(input, input.length));
  }

  private static void add(Whirlpool whirlpool, byte[] input, int at, int length, int kind) {
    ByteBuffer slice = ByteBuffer.wrap(input, at, length).slice();
    switch (kind) {
      case 0 -> whirlpool.update(input, at, length);
      case 1 -> addAndCheck(whirlpool, slice);
      case 2 -> addAndCheck(whirlpool, slice.asReadOnlyBuffer());
      default -> addAndCheck(whirlpool, ByteBuffer.allocateDirect(length).put(slice).flip());
    }
  }

  private static void addAndCheck(Whirlpool whirlpool, ByteBuffer buffer) {
    whirlpool.update(buffer);
    assertThat(buffer.hasRemaining()).isFalse();
  }

  @Test
  void update_ofSlice_readsOnlyWhatRemains() {
    byte[] input = randomBytes(new Random(9), 300);
    var whirlpool = new Whirlpool();
    whirlpool.update(ByteBuffer.wrap(input).limit(200));
    assertThat(whirlpool.digest()).isEqualTo(reference(input, 200));
  }

  @Test
  void reset_forgetsInput() {
    byte[] input = randomBytes(new Random(10), 100);
    var whirlpool = new Whirlpool();
    whirlpool.update(input, 0, 99);
    whirlpool.reset();
    whirlpool.update(input, 0, 100);
    assertThat(whirlpool.digest()).isEqualTo(reference(input, 100));
  }

  @Test
  void update_outsideTheArray_isRefused() {
    var whirlpool = new Whirlpool();
    assertThatThrownBy(() -> whirlpool.update(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
