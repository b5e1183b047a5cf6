package io.consigne.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A byte sequence that is searched for by the algorithm of Boyer, Moore and Horspool. */
final class Needle {
  private final byte[] bytes;

  /** How far the search may jump when this octet stands under the needle's end. */
  private final int[] jumps = new int[256];

  Needle(String ascii) {
    bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(jumps, bytes.length);
    for (int i = 0; i < bytes.length - 1; i++) {
      jumps[bytes[i] & 0xff] = bytes.length - 1 - i;
    }
  }

  int length() {
    return bytes.length;
  }

  /**
   * Where in {@code haystack[from, to)} the needle begins first, or -1 if it is not whole there.
   */
  int find(byte[] haystack, int from, int to) {
    int last = bytes.length - 1;
    byte lastByte = bytes[last];
    for (int end = from + last; end < to; ) {
      byte under = haystack[end];
      if (under == lastByte && matches(haystack, end - last)) {
        return end - last;
      }
      end += jumps[under & 0xff];
    }
    return -1;
  }

  private boolean matches(byte[] haystack, int at) {
    return Arrays.equals(haystack, at, at + bytes.length, bytes, 0, bytes.length);
  }
}
