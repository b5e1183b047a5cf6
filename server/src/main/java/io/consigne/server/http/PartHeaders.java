package io.consigne.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a part of {@code multipart/form-data} say (RFC 7578).
 *
 * @param name the form field
 * @param fileName the plain file name, else the extended one of RFC 5987; null if there is neither
 */
record PartHeaders(String name, @Nullable String fileName) {
  private static final Set<String> PLAIN_ENCODINGS = Set.of("7bit", "8bit", "binary");
  private static final String EXTENDED_PREFIX = "utf-8'";

  /** Parses the rest of the boundary's line, and the header lines in any order and case. */
  static PartHeaders parse(ByteBuffer block) throws MalformedBody {
    Map<String, String> headers = lines(Utf8.decode(block, "The headers of a part"));
    String encoding = headers.getOrDefault("content-transfer-encoding", "binary");
    if (!PLAIN_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
      throw new MalformedBody("Content-Transfer-Encoding is not supported: " + encoding);
    }
    String disposition = headers.get("content-disposition");
    if (disposition == null) {
      throw new MalformedBody("A part has no Content-Disposition");
    }
    HeaderParameters parameters = HeaderParameters.parse(disposition);
    String name = parameters.get("name");
    if (!parameters.value().equals("form-data") || name == null) {
      throw new MalformedBody("Content-Disposition must be form-data with a name: " + disposition);
    }
    return new PartHeaders(name, fileName(parameters));
  }

  private static Map<String, String> lines(String block) throws MalformedBody {
    if (block.indexOf('\0') >= 0) {
      throw new MalformedBody("The headers of a part contain a NUL");
    }
    String[] lines = block.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n", -1);
    if (!lines[0].isBlank()) {
      throw new MalformedBody("A boundary's line goes on behind the boundary: " + lines[0]);
    }
    var headers = new HashMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i];
      int colon = line.indexOf(':');
      if (colon < 1 || line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
        throw new MalformedBody("Not a header of a part: " + line);
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      if (headers.putIfAbsent(name, line.substring(colon + 1).strip()) != null) {
        throw new MalformedBody("A part has two headers " + name);
      }
    }
    return headers;
  }

  private static @Nullable String fileName(HeaderParameters parameters) throws MalformedBody {
    String plain = parameters.get("filename");
    String extended = parameters.get("filename*");
    return plain != null || extended == null ? plain : extendedValue(extended);
  }

  private static String extendedValue(String text) throws MalformedBody {
    int value = text.indexOf('\'', EXTENDED_PREFIX.length()) + 1;
    if (!text.regionMatches(true, 0, EXTENDED_PREFIX, 0, EXTENDED_PREFIX.length()) || value == 0) {
      throw new MalformedBody("filename* must begin with UTF-8'': " + text);
    }
    var bytes = new ByteArrayOutputStream();
    PercentCoding.decode(text.substring(value), bytes);
    return Utf8.decode(ByteBuffer.wrap(bytes.toByteArray()), "filename*");
  }
}
