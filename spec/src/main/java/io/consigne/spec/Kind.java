package io.consigne.spec;

import java.util.Locale;
import java.util.Optional;

/** What a placeholder such as <code>{date}</code> or <code>{id:hello}</code> stands for. */
public enum Kind {
  /** A whole number; alone in a JSON text it stands for a JSON number. */
  INT("-?[0-9]+", "1001"),
  /** Any text, also an empty one. */
  STRING("(?s:.*?)", "text"),
  /** A whole number as text. */
  DIGITS("[0-9]+", "12"),
  /** A date of the wire. */
  DATE("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}", "2026-07-29 14:57:25"),
  /** A date of HTTP. */
  HTTPDATE(
      "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT",
      "Wed, 29 Jul 2026 12:57:25 GMT"),
  /** A point of time in UTC, to the second. */
  INSTANT("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", "2026-07-29T12:57:25Z"),
  /** The id of a file's link. */
  ID("[a-z0-9]{20}", "4m1x0q9v7t2kz8b6d3ha"),
  /** A download token. */
  TOKEN("[A-Za-z0-9]{1,250}", "1058755667"),
  /** The token of a public folder; the longer one opens what lies below, too. */
  SHARE("[A-Za-z0-9]{8}(?:[A-Za-z0-9]{4})?", "CiLKCBI7"),
  /** The code of a removal link. */
  CODE("[A-Za-z0-9]+", "Rm7Qd"),
  /** The id of an upload. */
  UPLOAD("[A-Za-z0-9]{1,10}", "kQ3xTb90Za"),
  /** A Whirlpool hash. */
  WHIRLPOOL("[0-9a-f]{128}", "8133".repeat(32)),
  /** A SHA-256 hash. */
  SHA256("[0-9a-f]{64}", "a948".repeat(16)),
  /** Scheme and authority of the host under test; whoever plays the scenario knows it. */
  ORIGIN("https?://[^/?#]+", "https://1fichier.com"),
  /** The authority of the host under test; whoever plays the scenario knows it. */
  HOST("[^/?#]+", "1fichier.com"),
  /** The API key of an account of the scenario. */
  KEY("[A-Za-z0-9_=-]{32}", "csg_0123456789abcdefghijklmnopqr"),
  /** The e-mail address of an account of the scenario. */
  EMAIL("[^@\\s]+@[^@\\s]+", "me@example.org"),
  /** The password of an account of the scenario. */
  PASSWORD(".+", "a long password"),
  /** E-mail and password of an account of the scenario, as HTTP Basic has them. */
  BASIC("[A-Za-z0-9+/]+=*", "bWVAZXhhbXBsZS5vcmc6cHc=");

  private final String pattern;
  private final String example;

  Kind(String pattern, String example) {
    this.pattern = pattern;
    this.example = example;
  }

  /** The regular expression of all texts that this kind stands for; without groups. */
  String pattern() {
    return pattern;
  }

  /** One of these texts. */
  String example() {
    return example;
  }

  /** The kind of that name, in lower case as in a placeholder. */
  static Optional<Kind> named(String name) {
    for (Kind kind : values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
