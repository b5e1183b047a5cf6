package io.consigne.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what proxies write: addresses with or without a port, and {@code Forwarded} (RFC 7239). */
final class ForwardedText {
  private ForwardedText() {}

  /** The address, which may be in brackets and have a port; {@code null} if it is none. */
  static @Nullable InetAddress address(String text) {
    String bare = text;
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      bare = text.substring(1, bracket);
    } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      bare = text.substring(0, text.indexOf(':'));
    }
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  /** The parameter's value in the last element that has it; {@code null} if none has. */
  static @Nullable String lastParameter(String header, String name) {
    String found = null;
    for (String element : split(header, ',')) {
      for (String pair : split(element, ';')) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
          found = unquoted(pair.substring(equals + 1).strip());
        }
      }
    }
    return found;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
  }
}
