package io.consigne.core.remote.source;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is shown of texts that may hold secrets. */
final class Redacted {
  private static final int SHOWN_LENGTH = 300;

  /** The id of a link, which stands alone in a query: {@code https://1fichier.com/?abc…}. */
  private static final Pattern LINK_ID = Pattern.compile("[a-z0-9]{1,32}");

  private static final Pattern AFTER_SCHEME =
      Pattern.compile("^((?:[A-Za-z][A-Za-z0-9+.-]{0,20}:/{0,2})?).*");
  private static final Pattern QUERY = Pattern.compile("([?#]).*");

  private Redacted() {}

  /** A query, beginning with its question mark or empty, with the names of its values only. */
  static String query(String query) {
    if (query.length() < 2) {
      return query;
    }
    return Arrays.stream(query.substring(1).split("&"))
        .map(Redacted::pair)
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String pair(String pair) {
    int equals = pair.indexOf('=');
    if (equals >= 0) {
      return pair.substring(0, equals) + "=…";
    }
    return LINK_ID.matcher(pair).matches() ? pair : "…";
  }

  /**
   * What is no address, and so may be anything: without query, and, where there could be a user and
   * a password, with no more than the scheme.
   */
  static String anyText(String text) {
    String visible = text.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
    Pattern secret = visible.indexOf('@') >= 0 ? AFTER_SCHEME : QUERY;
    String shown = secret.matcher(visible).replaceFirst("$1…");
    return shown.codePointCount(0, shown.length()) <= SHOWN_LENGTH
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, SHOWN_LENGTH)) + "…";
  }
}
