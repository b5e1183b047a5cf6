package io.consigne.client.budget;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The lines of a budget: names and times in milliseconds since 1970. One of them says when they
 * were written: if that lies ahead, the machine's clock was set back, and all others with it.
 */
final class Clocks {
  /** No limit and no lock reaches further ahead. */
  private static final long FURTHEST_MILLIS = 2 * 3_600_000L;

  /** How long a time in the past may still matter: the last flood. */
  private static final long MEMORY_MILLIS = 2 * 3_600_000L;

  /** Less is a wait for the file, or a correction. */
  private static final long SET_BACK_MILLIS = 10_000;

  private static final String WRITTEN = "written";

  private final Map<String, Long> times = new TreeMap<>();

  static Clocks parse(String text) {
    var clocks = new Clocks();
    text.lines().forEach(clocks::read);
    return clocks;
  }

  private void read(String line) {
    int space = line.lastIndexOf(' ');
    if (space > 0 && line.substring(space + 1).matches("[0-9]{1,15}")) {
      times.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
    }
  }

  long get(String name) {
    return times.getOrDefault(name, 0L);
  }

  void set(String name, long value) {
    times.put(name, value);
  }

  /** Drops what counts for nothing at {@code now}. */
  void prune(long now) {
    long written = get(WRITTEN);
    times.remove(WRITTEN);
    long ahead = written > now + SET_BACK_MILLIS ? written - now : 0;
    times.replaceAll((name, time) -> name.equals(FloodLock.LEVEL) ? time : time - ahead);
    times
        .entrySet()
        .removeIf(clock ->
            clock.getKey().startsWith(FloodLock.LEVEL)
                ? get(FloodLock.FLOODED) == 0
                : isNothing(clock, now));
  }

  private static boolean isNothing(Map.Entry<String, Long> clock, long now) {
    long kept = clock.getKey().equals(FloodLock.FLOODED) ? MEMORY_MILLIS : 0;
    return clock.getValue() + kept < now || clock.getValue() > now + FURTHEST_MILLIS;
  }

  boolean isEmpty() {
    return times.isEmpty();
  }

  String text(long now) {
    times.put(WRITTEN, now);
    return times.entrySet().stream()
        .map(clock -> clock.getKey() + " " + clock.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
