package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int octet = octet(raw, i + 1);
      if (octet == '/') {
        throw new IllegalArgumentException("path with an encoded slash");
      }
      bytes.write(octet);
      i += 2;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException notText) {
      throw new IllegalArgumentException("path that is not UTF-8", notText);
    }
  }

  private static int octet(String raw, int at) {
    int high = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    int low = at + 1 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw new IllegalArgumentException("path with a broken escape");
    }
    return high * 16 + low;
  }
}
