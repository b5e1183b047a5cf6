package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.server.http.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One request over a connection of its own, and its answer byte for byte. */
final class RawCall {
  private RawCall() {}

  /**
   * The whole answer but for the time of day, a byte a character.
   *
   * @param line method and target
   * @param headers each with {@code |} behind it
   */
  static String send(int port, String line, String headers, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    String length = bytes.length == 0 ? "" : "Content-Length: " + bytes.length + "|";
    try (Wire wire = new Wire(port)) {
      wire.send(line + " HTTP/1.1|Host: files.example.org|Connection: close|" + headers + length);
      wire.send("|").send(bytes);
      return new String(wire.rest(), ISO_8859_1).replaceFirst("\r\nDate: [^\r]*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status of an answer. */
  static int status(String answer) {
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }
}
