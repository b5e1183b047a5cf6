package io.consigne.server.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The condition under which a {@code Range} is heeded (RFC 9110, section 13.1.5). */
public final class IfRange {
  private IfRange() {}

  /**
   * Whether a client that has a piece already may add to it: there is no condition, or the content
   * is the one it names. Anything else, a weak tag or an unreadable date included, is no.
   *
   * @param header null if there is none
   * @param etag the content's strong entity tag, in its quotes
   * @param lastModified of the content; only its seconds count
   */
  public static boolean holds(@Nullable String header, String etag, Instant lastModified) {
    if (header == null) {
      return true;
    }
    String condition = header.strip();
    return condition.endsWith("\"")
        ? condition.equals(etag)
        : isDate(condition, lastModified.truncatedTo(ChronoUnit.SECONDS));
  }

  private static boolean isDate(String text, Instant expected) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from).equals(expected);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
