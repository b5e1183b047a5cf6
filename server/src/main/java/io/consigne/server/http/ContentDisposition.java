package io.consigne.server.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The response header that names a download (RFC 6266). A name of plain ASCII stands in {@code
 * filename} alone, which every client reads; any other has a look-alike there, with {@code _} for
 * what is not plain, and stands in {@code filename*} itself.
 */
public final class ContentDisposition {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ContentDisposition() {}

  /** To be stored. */
  public static String attachment(String fileName) {
    return "attachment" + names(fileName);
  }

  /** To be shown. */
  public static String inline(String fileName) {
    return "inline" + names(fileName);
  }

  private static String names(String fileName) {
    var lookAlike = new StringBuilder();
    fileName.codePoints().map(c -> isPlain(c) ? c : '_').forEach(lookAlike::appendCodePoint);
    String plain = "; filename=\"" + lookAlike + '"';
    // Some browsers decode a plain name with a percent sign as if it were an extended one.
    return fileName.contentEquals(lookAlike) && fileName.indexOf('%') < 0
        ? plain
        : plain + "; filename*=UTF-8''" + encoded(fileName);
  }

  /** Printable, and without a meaning within quotes. */
  private static boolean isPlain(int c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  }

  private static String encoded(String text) {
    var encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (isAttributeChar(octet)) {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  /** Whether RFC 5987 lets the octet stand for itself. */
  private static boolean isAttributeChar(byte octet) {
    return (octet >= '0' && octet <= '9')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= 'a' && octet <= 'z')
        || "!#$&+-.^_`|~".indexOf(octet) >= 0;
  }
}
