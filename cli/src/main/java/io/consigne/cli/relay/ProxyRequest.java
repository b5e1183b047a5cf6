package io.consigne.cli.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The first line of what a client asks of a proxy (RFC 9110, section 9.3.6).
 *
 * @param target for CONNECT a host and port
 */
record ProxyRequest(String method, String target) {
  private static final int MOST_HEAD_BYTES = 16 * 1024;
  private static final Pattern LINE = Pattern.compile("([A-Z]+) ([!-~]+) HTTP/1\\.[01]");
  private static final Pattern FICHIER =
      Pattern.compile("([a-z0-9-]+\\.)*1fichier\\.com:443", Pattern.CASE_INSENSITIVE);

  /**
   * Reads the line and the header fields after it, and not a byte more.
   *
   * @throws IOException if this is no HTTP, too long, or ends early
   */
  static ProxyRequest read(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the request ended early");
      }
      head.append((char) next);
      if (head.length() > MOST_HEAD_BYTES) {
        throw new IOException("the request's head is longer than " + MOST_HEAD_BYTES + " bytes");
      }
    }
    var line = LINE.matcher(head.substring(0, head.indexOf("\r\n")));
    if (!line.matches()) {
      throw new IOException("this is a proxy for HTTP/1.1");
    }
    return new ProxyRequest(line.group(1), line.group(2));
  }

  /** Whether this asks for a tunnel to 1fichier.com, or a host below it, by HTTPS. */
  boolean isForFichier() {
    return method.equals("CONNECT") && FICHIER.matcher(target).matches();
  }

  /** An answer in plain text, after which the connection is closed. */
  static byte[] refusal(String status, String text) {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    return """
    HTTP/1.1 %s\r
    Content-Type: text/plain; charset=utf-8\r
    Content-Length: %d\r
    Connection: close\r
    \r
    %s
    """
        .formatted(status, body.length, text)
        .getBytes(StandardCharsets.UTF_8);
  }
}
