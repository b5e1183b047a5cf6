package io.consigne.client.transfer;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many bytes a second may move, by the hours of the week.
 *
 * <p>Written as {@code 512k} for always, or as {@code 08:00,512k 19:00,off}: from each time on, as
 * local clocks show it, until the next; before a day's first time that of the day before holds. A
 * time may name its day: {@code Mon-08:00,512k Sat-00:00,off}.
 */
public final class Bandwidth {
  /** As fast as it goes. */
  public static final Bandwidth UNLIMITED = new Bandwidth(Map.of(0, Long.MAX_VALUE));

  private static final int MINUTES_OF_DAY = 24 * 60;
  private static final long LEAST = 1024;
  private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)([BKMG]?)");
  private static final Pattern ENTRY =
      Pattern.compile("(?:(MON|TUE|WED|THU|FRI|SAT|SUN)-)?([0-2]?[0-9]):([0-5][0-9]),(\\S+)");

  /** By the minute of the week from which on it holds; Monday at midnight is 0. */
  private final TreeMap<Integer, Long> rates;

  private Bandwidth(Map<Integer, Long> rates) {
    this.rates = new TreeMap<>(rates);
  }

  /**
   * Reads a rate or a timetable.
   *
   * @param text such as {@code 512k}, {@code off} or {@code 08:00,512k 19:00,off}
   * @return what it says
   * @throws IllegalArgumentException if it is neither
   */
  public static Bandwidth parse(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    if (!upper.contains(",")) {
      return new Bandwidth(Map.of(0, rate(upper)));
    }
    var rates = new TreeMap<Integer, Long>();
    List<Matcher> entries = Stream.of(upper.split("\\s+")).map(Bandwidth::entry).toList();
    // A time with its day holds against one for all days.
    entries.stream()
        .sorted(Comparator.comparing(entry -> entry.group(1) != null))
        .forEach(entry -> add(entry, rates));
    return new Bandwidth(rates);
  }

  private static Matcher entry(String text) {
    Matcher entry = ENTRY.matcher(text);
    if (!entry.matches() || Integer.parseInt(entry.group(2)) > 23) {
      throw new IllegalArgumentException(
          "no rate or timetable such as 512k, or \"08:00,512k 19:00,off\": "
              + text.toLowerCase(Locale.ROOT));
    }
    return entry;
  }

  private static void add(Matcher entry, Map<Integer, Long> rates) {
    long rate = rate(entry.group(4));
    var time = LocalTime.of(Integer.parseInt(entry.group(2)), Integer.parseInt(entry.group(3)));
    Stream.of(DayOfWeek.values())
        .filter(day -> entry.group(1) == null || day.name().startsWith(entry.group(1)))
        .forEach(day -> rates.put(minute(day, time), rate));
  }

  private static int minute(DayOfWeek day, LocalTime time) {
    return (day.getValue() - 1) * MINUTES_OF_DAY + time.getHour() * 60 + time.getMinute();
  }

  private static long rate(String text) {
    if (text.equals("OFF")) {
      return Long.MAX_VALUE;
    }
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new IllegalArgumentException(
          "no rate such as 512k, 10M or off: " + text.toLowerCase(Locale.ROOT));
    }
    // Without a unit they are KiB, as rclone reads it.
    int power =
        switch (rate.group(2)) {
          case "B" -> 0;
          case "M" -> 2;
          case "G" -> 3;
          default -> 1;
        };
    long bytes = (long) (Double.parseDouble(rate.group(1)) * (1L << (10 * power)));
    if (bytes < LEAST) {
      throw new IllegalArgumentException(
          "a rate is at least 1k a second: " + text.toLowerCase(Locale.ROOT));
    }
    return bytes;
  }

  /**
   * {@return how many bytes a second may move at a time of local clocks}
   *
   * @param now what local clocks show
   */
  public long bytesPerSecond(LocalDateTime now) {
    var holding = rates.floorEntry(minute(now.getDayOfWeek(), now.toLocalTime()));
    return holding == null ? rates.lastEntry().getValue() : holding.getValue();
  }
}
