package io.consigne.core.accounts;

import io.consigne.core.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lengths and points of time as people write them to a host: in whole seconds, and 0. How the
 * host itself runs (the server's options) is said in milliseconds, too, and nothing of it lasts 0.
 */
public final class Span {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})(s|m|h|d)");

  private Span() {}

  /**
   * A length of time: {@code 90s}, {@code 30m}, {@code 24h}, {@code 7d}, or 0.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid}
   */
  public static Duration length(String field, String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (!matcher.matches()) {
      throw new Failure.Invalid(field, text, "must be a length of time such as 90s, 24h or 7d")
          .asException();
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /**
   * A point of time: a length from now on, or {@code 2026-12-31T18:00:00Z}.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid}, also if it is not in the
   *     future
   */
  public static Instant end(String field, String text, Instant now) {
    Instant end;
    try {
      end = text.contains("T") ? Instant.parse(text) : now.plus(length(field, text));
    } catch (DateTimeParseException e) {
      throw new Failure.Invalid(field, text, "must be a time such as 2026-12-31T18:00:00Z or 90d")
          .asException();
    }
    if (!end.isAfter(now) || end.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
      throw new Failure.Invalid(field, text, "must be a time to come").asException();
    }
    return Instant.ofEpochMilli(end.toEpochMilli());
  }
}
