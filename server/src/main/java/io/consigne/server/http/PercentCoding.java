package io.consigne.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Octets written as {@code %41} (RFC 3986, section 2.1). */
final class PercentCoding {
  private PercentCoding() {}

  /** Appends the octets of {@code text}; what is no escape stands for its UTF-8 octets. */
  static void decode(String text, ByteArrayOutputStream octets) throws MalformedBody {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        octets.write(raw[i]);
        continue;
      }
      int octet = i + 2 < raw.length ? octet(raw[i + 1], raw[i + 2]) : -1;
      if (octet < 0) {
        throw new MalformedBody("Two hex digits must follow each %: " + text);
      }
      octets.write(octet);
      i += 2;
    }
  }

  /** Negative if either is no hex digit. */
  private static int octet(byte high, byte low) {
    return Character.digit(high, 16) << 4 | Character.digit(low, 16);
  }
}
