package io.consigne.client.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times on the wire: local time of Paris, to the second, without a zone. */
final class ParisTime {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private ParisTime() {}

  /** Reads a time; in the hour that the clock shows twice, the earlier one. Empty if it is none. */
  static Optional<Instant> parse(String text) {
    if (text.startsWith("0000") || text.length() < 10) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay()
              : LocalDateTime.parse(text.substring(0, Math.min(19, text.length())), FORM);
      return Optional.of(local.atZone(PARIS).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether another time has the same text. */
  static boolean isTwice(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, PARIS);
    return PARIS.getRules().getValidOffsets(local).size() > 1;
  }

  static String format(Instant time) {
    return FORM.format(time.atZone(PARIS));
  }
}
