package io.consigne.hashes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The hash function Whirlpool in its final version of 2003, as in ISO/IEC 10118-3: 512 bits.
 *
 * <p>Feed it with {@code update}, in pieces of any size, then take the {@code digest}, which starts
 * it anew. One instance serves one thread at a time.
 */
public final class Whirlpool {
  /** Length of a digest in bytes. */
  public static final int DIGEST_BYTES = 64;

  private static final int BLOCK_BYTES = 64;
  private static final int LENGTH_BYTES = 32;

  private final byte[] hash = new byte[BLOCK_BYTES];
  private final byte[] key = new byte[BLOCK_BYTES];
  private final byte[] state = new byte[BLOCK_BYTES];

  /** Bytes that do not fill a block yet. */
  private final byte[] pending = new byte[BLOCK_BYTES];

  private int pendingBytes;
  private long totalBytes;

  /** Starts with no input. */
  public Whirlpool() {}

  /**
   * Adds {@code length} bytes of {@code input} from {@code offset} on.
   *
   * @param input is not kept
   * @param offset of the first byte
   * @param length how many bytes
   * @throws IndexOutOfBoundsException if the array has no such bytes
   */
  public void update(byte[] input, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, input.length);
    totalBytes += length;
    int at = offset;
    int end = offset + length;
    if (pendingBytes > 0) {
      int taken = Math.min(BLOCK_BYTES - pendingBytes, length);
      System.arraycopy(input, at, pending, pendingBytes, taken);
      at += taken;
      added(taken);
    }
    for (; end - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
      block(input, at);
    }
    if (at < end) {
      System.arraycopy(input, at, pending, 0, end - at);
      pendingBytes = end - at;
    }
  }

  /**
   * Adds the remaining bytes of {@code input}, of any kind of buffer, and consumes them.
   *
   * @param input is not kept
   */
  public void update(ByteBuffer input) {
    if (input.hasArray()) {
      update(input.array(), input.arrayOffset() + input.position(), input.remaining());
      input.position(input.limit());
      return;
    }
    totalBytes += input.remaining();
    while (input.hasRemaining()) {
      int taken = Math.min(BLOCK_BYTES - pendingBytes, input.remaining());
      input.get(pending, pendingBytes, taken);
      added(taken);
    }
  }

  /**
   * {@return the hash of all that was added, {@value #DIGEST_BYTES} bytes} What follows is a new
   * input.
   */
  public byte[] digest() {
    pending[pendingBytes++] = (byte) 0x80;
    Arrays.fill(pending, pendingBytes, BLOCK_BYTES, (byte) 0);
    if (pendingBytes > BLOCK_BYTES - LENGTH_BYTES) {
      block(pending, 0);
      Arrays.fill(pending, (byte) 0);
    }
    WhirlpoolRound.LONG.set(pending, BLOCK_BYTES - 16, totalBytes >>> 61);
    WhirlpoolRound.LONG.set(pending, BLOCK_BYTES - 8, totalBytes << 3);
    block(pending, 0);
    byte[] digest = hash.clone();
    reset();
    return digest;
  }

  /** {@return {@link #digest()} as 128 lower-case hex digits} */
  public String hexDigest() {
    return HexFormat.of().formatHex(digest());
  }

  /** Forgets what was added. */
  public void reset() {
    Arrays.fill(hash, (byte) 0);
    Arrays.fill(pending, (byte) 0);
    pendingBytes = 0;
    totalBytes = 0;
  }

  private void added(int bytes) {
    pendingBytes += bytes;
    if (pendingBytes == BLOCK_BYTES) {
      block(pending, 0);
      pendingBytes = 0;
    }
  }

  /** Miyaguchi-Preneel: the block is encrypted under the hash, and both are mixed into it. */
  private void block(byte[] input, int offset) {
    System.arraycopy(hash, 0, key, 0, BLOCK_BYTES);
    mixIntoHash(input, offset);
    System.arraycopy(hash, 0, state, 0, BLOCK_BYTES);
    for (byte[] constants : WhirlpoolRound.CONSTANTS) {
      WhirlpoolRound.apply(key, constants);
      WhirlpoolRound.apply(state, key);
    }
    mixIntoHash(state, 0);
  }

  private void mixIntoHash(byte[] bytes, int offset) {
    for (int i = 0; i < BLOCK_BYTES; i += Long.BYTES) {
      long word = (long) WhirlpoolRound.LONG.get(bytes, offset + i);
      WhirlpoolRound.LONG.set(hash, i, word ^ (long) WhirlpoolRound.LONG.get(hash, i));
    }
  }
}
