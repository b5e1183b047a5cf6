package io.consigne.hashes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The round function of Whirlpool's block cipher, with substitution, shift of columns and mixing of
 * rows folded into eight tables of 256 words. A state has 64 bytes: so an octet of it is one load,
 * which is a quarter faster than to shift words and mask them.
 */
final class WhirlpoolRound {
  private static final int POLYNOMIAL = 0x11d;
  private static final int[] MDS_ROW = {1, 1, 4, 1, 8, 5, 2, 9};
  private static final int[] E = {1, 11, 9, 12, 13, 6, 15, 3, 14, 8, 7, 4, 10, 2, 5, 0};
  private static final int[] R = {7, 12, 11, 13, 14, 4, 9, 15, 6, 3, 8, 10, 2, 5, 1, 0};
  private static final int[] E_INVERSE = inverse(E);

  /** Eight tables of 256 words in one array, as one base address is faster than eight. */
  private static final long[] T = tables();

  /** A word of eight octets, the first of which is the highest. */
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** For each of the ten rounds, the 64 bytes that the key schedule adds. */
  static final byte[][] CONSTANTS = constants();

  private WhirlpoolRound() {}

  /**
   * Replaces the eight words of {@code state} by those of the next round. Each word's octets fall
   * into the eight words of the result, the first into the row of its own number, each further one
   * into the next row; instead of the row's number, the rows turn by one with each word.
   */
  static void apply(byte[] state, byte[] roundKey) {
    long r0 = (long) LONG.get(roundKey, 0);
    long r1 = (long) LONG.get(roundKey, 8);
    long r2 = (long) LONG.get(roundKey, 16);
    long r3 = (long) LONG.get(roundKey, 24);
    long r4 = (long) LONG.get(roundKey, 32);
    long r5 = (long) LONG.get(roundKey, 40);
    long r6 = (long) LONG.get(roundKey, 48);
    long r7 = (long) LONG.get(roundKey, 56);
    for (int i = 0; i < 64; i += 8) {
      long own = r0 ^ T[state[i] & 0xff];
      r0 = r1 ^ T[256 + (state[i + 1] & 0xff)];
      r1 = r2 ^ T[512 + (state[i + 2] & 0xff)];
      r2 = r3 ^ T[768 + (state[i + 3] & 0xff)];
      r3 = r4 ^ T[1024 + (state[i + 4] & 0xff)];
      r4 = r5 ^ T[1280 + (state[i + 5] & 0xff)];
      r5 = r6 ^ T[1536 + (state[i + 6] & 0xff)];
      r6 = r7 ^ T[1792 + (state[i + 7] & 0xff)];
      r7 = own;
    }
    LONG.set(state, 0, r0);
    LONG.set(state, 8, r1);
    LONG.set(state, 16, r2);
    LONG.set(state, 24, r3);
    LONG.set(state, 32, r4);
    LONG.set(state, 40, r5);
    LONG.set(state, 48, r6);
    LONG.set(state, 56, r7);
  }

  private static int[] inverse(int[] box) {
    var inverse = new int[box.length];
    for (int i = 0; i < box.length; i++) {
      inverse[box[i]] = i;
    }
    return inverse;
  }

  /** The substitution box, built of its three small boxes of four bits. */
  private static int substitute(int octet) {
    int high = E[octet >>> 4];
    int low = E_INVERSE[octet & 15];
    int mixed = R[high ^ low];
    return E[high ^ mixed] << 4 | E_INVERSE[low ^ mixed];
  }

  private static long[] tables() {
    var tables = new long[8 * 256];
    for (int octet = 0; octet < 256; octet++) {
      long word = 0;
      for (int factor : MDS_ROW) {
        word = word << 8 | product(substitute(octet), factor);
      }
      for (int column = 0; column < 8; column++) {
        tables[256 * column + octet] = Long.rotateRight(word, 8 * column);
      }
    }
    return tables;
  }

  /** Multiplies in the field of 256 elements. */
  private static int product(int a, int b) {
    int product = 0;
    int shifted = a;
    for (int bits = b; bits != 0; bits >>>= 1) {
      product ^= (bits & 1) * shifted;
      shifted <<= 1;
      shifted ^= (shifted >>> 8) * POLYNOMIAL;
    }
    return product;
  }

  private static byte[][] constants() {
    var constants = new byte[10][64];
    for (int octet = 0; octet < 80; octet++) {
      constants[octet / 8][octet % 8] = (byte) substitute(octet);
    }
    return constants;
  }
}
