package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

/**
 * Dates on this wire: {@code YYYY-MM-DD HH:MM:SS} in the local time of Paris, without a zone
 * (reference: 1fichier-api, section 2.3).
 */
final class ParisTime {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  /** Without it a year could have nine digits, which no clock of this host reaches. */
  private static final Pattern SHAPE =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2}:[0-9]{2})?");

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private ParisTime() {}

  static String write(Instant instant) {
    return FORMAT.format(instant.atZone(PARIS));
  }

  /** The day alone. */
  static String day(Instant instant) {
    return instant.atZone(PARIS).toLocalDate().toString();
  }

  /**
   * Reads a date; an hour that the clock shows twice is the earlier one, a date without a time its
   * first second.
   */
  static Instant read(String field, String text) {
    if (SHAPE.matcher(text).matches()) {
      try {
        LocalDateTime local =
            text.length() == 10
                ? LocalDate.parse(text).atStartOfDay()
                : LocalDateTime.parse(text, FORMAT);
        return local.atZone(PARIS).withEarlierOffsetAtOverlap().toInstant();
      } catch (DateTimeException e) {
        // said below
      }
    }
    throw new Failure.Invalid(field, text, "must be a date like 2026-07-29 14:57:25").asException();
  }
}
