package io.consigne.server.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header's value with parameters, such as {@code form-data; name="file[]"; filename="a.txt"}.
 *
 * <p>A parameter's value is quoted or not. Within quotes {@code \"} and {@code \\} are escapes, and
 * everything else is literal: no other escape, no percent-decoding, no encoded words, as rclone and
 * curl send names.
 */
final class HeaderParameters {
  private final String header;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final String value;
  private int at;

  private HeaderParameters(String header) throws MalformedBody {
    this.header = header;
    this.value = until(';');
    while (at < header.length()) {
      at++;
      parameter();
    }
  }

  /** Parses a whole header value. */
  static HeaderParameters parse(String header) throws MalformedBody {
    return new HeaderParameters(header);
  }

  /** What stands before the first parameter, in lower case. */
  String value() {
    return value.toLowerCase(Locale.ROOT);
  }

  /** The parameter of this lower-case name, null if there is none. */
  @Nullable String get(String name) {
    return parameters.get(name);
  }

  /** Reads one parameter; afterwards the position is at a semicolon or at the end. */
  private void parameter() throws MalformedBody {
    skipSpace();
    if (at == header.length() || header.charAt(at) == ';') {
      return;
    }
    String name = name();
    skipSpace();
    String text = at < header.length() && header.charAt(at) == '"' ? quoted() : until(';');
    if (parameters.putIfAbsent(name, text) != null) {
      throw new MalformedBody("Parameter " + name + " is there twice: " + header);
    }
  }

  private String name() throws MalformedBody {
    int equals = header.indexOf('=', at);
    int semicolon = header.indexOf(';', at);
    if (equals < 0 || (semicolon >= 0 && semicolon < equals)) {
      throw new MalformedBody("Parameter without a value: " + header);
    }
    String name = header.substring(at, equals).strip().toLowerCase(Locale.ROOT);
    at = equals + 1;
    return name;
  }

  private String quoted() throws MalformedBody {
    var text = new StringBuilder();
    for (at++; at < header.length(); at++) {
      char c = header.charAt(at);
      if (c == '"') {
        at++;
        if (!until(';').isEmpty()) {
          throw new MalformedBody("Text after a closing quote: " + header);
        }
        return text.toString();
      }
      if (c == '\\' && at + 1 < header.length() && isEscapable(header.charAt(at + 1))) {
        at++;
        c = header.charAt(at);
      }
      text.append(c);
    }
    throw new MalformedBody("Closing quote is missing: " + header);
  }

  private static boolean isEscapable(char c) {
    return c == '"' || c == '\\';
  }

  private String until(char end) {
    int stop = header.indexOf(end, at);
    int from = at;
    at = stop < 0 ? header.length() : stop;
    return header.substring(from, at).strip();
  }

  private void skipSpace() {
    while (at < header.length() && (header.charAt(at) == ' ' || header.charAt(at) == '\t')) {
      at++;
    }
  }
}
