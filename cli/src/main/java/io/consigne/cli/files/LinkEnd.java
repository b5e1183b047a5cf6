package io.consigne.cli.files;

import io.consigne.cli.talk.Habits;
import io.consigne.client.model.AccessRules;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** When a link ends by itself: as it is typed, and as it is told. */
final class LinkEnd {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx");

  private LinkEnd() {}

  /**
   * Reads a length of time from now on, or a date, which has the time of {@code zone} unless it has
   * a zone of its own; one without a time is its first second.
   */
  static Instant read(String text, Instant now, ZoneId zone) {
    Instant end =
        text.matches("[0-9]+[a-z]")
            ? now.plus(new Habits.TimeConverter().convert(text))
            : date(text, zone);
    if (!end.isAfter(now)) {
      throw new TypeConversionException("not a time to come: " + text);
    }
    return end;
  }

  private static Instant date(String text, ZoneId zone) {
    try {
      if (text.length() <= "2027-01-31".length()) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      String iso = text.replace(' ', 'T');
      return switch (DateTimeFormatter.ISO_DATE_TIME.parseBest(
          iso, ZonedDateTime::from, LocalDateTime::from)) {
        case ZonedDateTime zoned -> zoned.toInstant();
        case LocalDateTime local -> local.atZone(zone).toInstant();
        default -> throw new DateTimeException(text);
      };
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "not a time such as 2h, 90d, 2027-01-31 or 2027-01-31T18:00: " + text);
    }
  }

  /** A time of the zone here, to the second. */
  static String shown(Instant end) {
    return SHOWN.format(end.atZone(ZoneId.systemDefault()));
  }

  /** The end by the rules of a link; empty if there is none. */
  static Optional<Instant> of(@Nullable AccessRules rules) {
    return rules == null ? Optional.empty() : Optional.ofNullable(rules.expires());
  }

  /** Tells the end by the rules of a link, if there is one. */
  static void add(Map<String, Object> row, @Nullable AccessRules rules) {
    of(rules).ifPresent(end -> row.put("expires", end.toString()));
  }

  /** Reads what is typed here and now. */
  public static final class Converter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      return read(text, Instant.now(), ZoneId.systemDefault());
    }
  }
}
