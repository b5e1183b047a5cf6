package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.ids.RandomText;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Percent-encoding of addresses (RFC 3986, section 2.1). */
final class Percent {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** What stands for itself in a path or query. */
  private static final String PLAIN = RandomText.BASE62 + "-._~!$&'()*+,;=:@/?";

  private Percent() {}

  /** Encodes what may not stand in a path or query, as UTF-8; what is encoded already stays. */
  static String encoded(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (PLAIN.indexOf(point) >= 0 || isEscape(text, i)) {
        out.append((char) point);
      } else {
        for (byte octet : Character.toString(point).getBytes(UTF_8)) {
          out.append('%').append(HEX.toHexDigits(octet));
        }
      }
      i += Character.charCount(point);
    }
    return out.toString();
  }

  /** Decodes escapes as UTF-8; what is no escape stays as it is. */
  static String decoded(String text) {
    return new String(octets(text), UTF_8);
  }

  /** The bytes that a text with escapes stands for. */
  static byte[] octets(String text) {
    var out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      if (isEscape(text, i)) {
        out.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 3;
      } else {
        int point = text.codePointAt(i);
        out.writeBytes(Character.toString(point).getBytes(UTF_8));
        i += Character.charCount(point);
      }
    }
    return out.toByteArray();
  }

  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
