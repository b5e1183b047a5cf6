package io.consigne.cli.talk;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes, times and names as people read them. */
public final class Amount {
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final int STEP = 1024;

  private Amount() {}

  /** Bytes with three digits or so, such as {@code 1.2 GiB}. */
  public static String bytes(long bytes) {
    double amount = (double) bytes;
    int unit = 0;
    while (Math.abs(amount) >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    String format = unit > 0 && Math.abs(amount) < 100 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, amount, UNITS[unit]);
  }

  /** A number of things, such as {@code 1 file} or {@code 2 files}. */
  public static String count(long number, String thing) {
    return count(number, thing, thing + "s");
  }

  /** The same of a thing of which several are called otherwise, such as {@code 2 copies}. */
  public static String count(long number, String thing, String things) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? thing : things);
  }

  /** Minutes and seconds, such as {@code 2:05}, with hours if there are any. */
  public static String time(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** A moment to the second, in UTC, such as {@code 2026-01-31 12:00:00}; a dash for none. */
  public static String moment(@Nullable Instant moment) {
    return moment == null ? "-" : moment.toString().substring(0, 19).replace('T', ' ');
  }

  /** A name or text of a host without what would steer a terminal, or turn what is beside it. */
  public static String shown(String text) {
    return STEERING.matcher(text).replaceAll("?");
  }
}
