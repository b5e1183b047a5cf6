package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Reads the {@code Authorization} header (RFC 7617, RFC 6750). */
final class Authorization {
  private Authorization() {}

  /** The token of {@code Bearer}. */
  static Optional<String> bearer(String header) {
    return afterScheme(header, "bearer").filter(token -> !token.isEmpty());
  }

  /** User and password of {@code Basic}; empty, too, if they cannot be read. */
  static Optional<Credentials> basic(String header) {
    return afterScheme(header, "basic").flatMap(Authorization::decoded);
  }

  private static Optional<String> afterScheme(String value, String scheme) {
    int space = value.indexOf(' ');
    if (space < 0 || !value.substring(0, space).toLowerCase(Locale.ROOT).equals(scheme)) {
      return Optional.empty();
    }
    return Optional.of(value.substring(space + 1).strip());
  }

  private static Optional<Credentials> decoded(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
