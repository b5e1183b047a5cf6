package io.consigne.client.standin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** As much of HTTP/1.1 as the stand-in needs, on bare sockets: it must be able to break it. */
public final class RawHttp {
  private RawHttp() {}

  /**
   * A request.
   *
   * @param method of HTTP
   * @param target path and query
   * @param headers by name
   * @param body whole
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Request(String method, String target, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String path() {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }

    String query(String name) {
      for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
      return "";
    }
  }

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param type content type
   * @param headers further ones
   * @param body whole
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Reply(int status, String type, Map<String, String> headers, byte[] body) {
    static Reply json(int status, String text) {
      return new Reply(
          status,
          "application/json; charset=utf-8",
          Map.of(),
          text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply page(int status, String text) {
      String page = "<html><body><div class=\"bloc2\">" + text + "</div></body></html>";
      return new Reply(
          status, "text/html; charset=utf-8", Map.of(), page.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with further headers. */
    Reply with(Map<String, String> more) {
      var all = new TreeMap<>(headers);
      all.putAll(more);
      return new Reply(status, type, all, body);
    }

    /** Writes it; only {@code sent} bytes of the body. */
    void write(OutputStream out, int sent) throws IOException {
      var head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
      head.append("Content-Type: ").append(type).append("\r\n");
      head.append("Content-Length: ").append(body.length).append("\r\n");
      headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      var whole = new ByteArrayOutputStream();
      whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      whole.write(body, 0, sent);
      whole.writeTo(out);
      out.flush();
    }
  }

  /** The next request; null at the end of the connection. */
  static @Nullable Request read(BufferedInputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    String[] words = first.split(" ", -1);
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("torn request");
    }
    return new Request(words[0], words[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
