package io.consigne.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a multipart body that is whole in memory, by nothing but a regular expression. */
final class SlowMultipart {
  private final String body;
  private final Matcher delimiter;
  private final MultipartLimits limits;
  private final ArrayList<SeenParts.Seen> parts = new ArrayList<>();

  private SlowMultipart(String body, Boundary boundary, MultipartLimits limits) {
    this.body = body;
    String line = Pattern.quote("\r\n--" + boundary.text());
    this.delimiter = Pattern.compile(line + "(?=[ \t]|\r\n|--)(?=(?s:..))").matcher(body);
    this.limits = limits;
  }

  static SeenParts read(byte[] body, Boundary boundary, MultipartLimits limits) {
    return new SlowMultipart("\r\n" + SeenParts.text(body), boundary, limits).parts();
  }

  private SeenParts parts() {
    int at = 0;
    while (delimiter.find(at)) {
      int line = delimiter.end();
      if (body.startsWith("--", line)) {
        return new SeenParts(parts, "complete");
      }
      if (parts.size() == limits.parts()) {
        return failed("OversizedBody");
      }
      int end = body.indexOf("\r\n\r\n", line);
      if (end < 0 || end > line + limits.headerBytes()) {
        boolean tooLong = body.length() - line >= limits.headerBytes() + 5;
        return failed(end >= 0 || tooLong ? "OversizedBody" : "TruncatedBody");
      }
      PartHeaders headers;
      try {
        String block = body.substring(line, end);
        headers = PartHeaders.parse(ByteBuffer.wrap(block.getBytes(StandardCharsets.ISO_8859_1)));
      } catch (MalformedBody e) {
        return failed("MalformedBody");
      }
      boolean empty = delimiter.find(end + 2) && delimiter.start() == end + 2;
      int start = empty ? end + 2 : end + 4;
      if (!delimiter.find(start)) {
        return failed("TruncatedBody");
      }
      parts.add(new SeenParts.Seen(headers, body.substring(start, delimiter.start())));
      at = delimiter.start();
    }
    return failed("TruncatedBody");
  }

  private SeenParts failed(String kind) {
    return new SeenParts(parts, kind);
  }
}
