package io.consigne.hashes;

/**
 * The round function of Whirlpool's block cipher, with substitution, shift of columns and mixing of
 * rows folded into eight tables of 256 words.
 */
final class WhirlpoolRound {
  private static final int POLYNOMIAL = 0x11d;
  private static final int[] MDS_ROW = {1, 1, 4, 1, 8, 5, 2, 9};
  private static final int[] E = {1, 11, 9, 12, 13, 6, 15, 3, 14, 8, 7, 4, 10, 2, 5, 0};
  private static final int[] R = {7, 12, 11, 13, 14, 4, 9, 15, 6, 3, 8, 10, 2, 5, 1, 0};
  private static final int[] E_INVERSE = inverse(E);

  /** Eight tables of 256 words in one array, as one base address is faster than eight. */
  private static final long[] T = tables();

  /** For each of the ten rounds, the words that the key schedule adds. */
  static final long[][] CONSTANTS = constants();

  private WhirlpoolRound() {}

  /**
   * Replaces the eight words of {@code state} by those of the next round. Each word's octets fall
   * into the eight words of the result, the first into the row of its own number, each further one
   * into the next row; instead of the row's number, the rows turn by one with each word.
   */
  static void apply(long[] state, long[] roundKey) {
    long r0 = roundKey[0];
    long r1 = roundKey[1];
    long r2 = roundKey[2];
    long r3 = roundKey[3];
    long r4 = roundKey[4];
    long r5 = roundKey[5];
    long r6 = roundKey[6];
    long r7 = roundKey[7];
    for (int i = 0; i < 8; i++) {
      long word = state[i];
      long own = r0 ^ T[(int) (word >>> 56)];
      r0 = r1 ^ T[256 + ((int) (word >>> 48) & 0xff)];
      r1 = r2 ^ T[512 + ((int) (word >>> 40) & 0xff)];
      r2 = r3 ^ T[768 + ((int) (word >>> 32) & 0xff)];
      r3 = r4 ^ T[1024 + ((int) (word >>> 24) & 0xff)];
      r4 = r5 ^ T[1280 + ((int) (word >>> 16) & 0xff)];
      r5 = r6 ^ T[1536 + ((int) (word >>> 8) & 0xff)];
      r6 = r7 ^ T[1792 + ((int) word & 0xff)];
      r7 = own;
    }
    state[0] = r0;
    state[1] = r1;
    state[2] = r2;
    state[3] = r3;
    state[4] = r4;
    state[5] = r5;
    state[6] = r6;
    state[7] = r7;
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

  private static long[][] constants() {
    var constants = new long[10][8];
    for (int octet = 0; octet < 80; octet++) {
      constants[octet / 8][0] = constants[octet / 8][0] << 8 | substitute(octet);
    }
    return constants;
  }
}
