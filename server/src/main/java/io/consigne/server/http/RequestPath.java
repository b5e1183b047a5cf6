package io.consigne.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Decodes the path of a request, once. */
final class RequestPath {
  private RequestPath() {}

  /**
   * The path with its percent signs decoded.
   *
   * @param raw as it came, without the query
   * @throws IllegalArgumentException if it has an encoded slash or backslash, a control character,
   *     a segment {@code .} or {@code ..}, a broken escape, or is not UTF-8
   */
  static String decode(String raw) {
    if (!raw.startsWith("/")) {
      throw new IllegalArgumentException("path without a slash at its start");
    }
    String path = raw.indexOf('%') < 0 ? raw : unescaped(raw);
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i)) || path.charAt(i) == '\\') {
        throw new IllegalArgumentException("path with a control character or a backslash");
      }
    }
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("path with a dot segment");
      }
    }
    return path;
  }

  private static String unescaped(String raw) {
    if (raw.toLowerCase(Locale.ROOT).contains("%2f")) {
      throw new IllegalArgumentException("path with an encoded slash");
    }
    var octets = new ByteArrayOutputStream(raw.length());
    try {
      PercentCoding.decode(raw, octets);
      return Utf8.decode(ByteBuffer.wrap(octets.toByteArray()), "path");
    } catch (MalformedBody e) {
      throw new IllegalArgumentException("path with a broken escape, or not UTF-8", e);
    }
  }
}
