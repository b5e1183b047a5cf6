package io.consigne.client.budget;

import io.consigne.client.model.Refusal.Scope;
import java.time.Duration;
import java.util.List;

/**
 * How long to keep still after a host said that it is asked too often: longer each time, and
 * forgotten step by step. Until then calls are spaced out, too.
 */
final class FloodLock {
  static final String FLOODED = "flooded";
  static final String LEVEL = "level";
  private static final String LOCK = "lock";
  private static final String FLOOD = "flood";

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15));
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long FORGOTTEN_MILLIS = Duration.ofMinutes(10).toMillis();

  private FloodLock() {}

  /** Until when nobody of this account may call; 0 for now. */
  static long until(Clocks clocks, String account) {
    return Math.max(clocks.get(LOCK), clocks.get(name(LOCK, Scope.ACCOUNT, account)));
  }

  /** Keeps an account, or everybody, still for a time that the host named. */
  static void close(Clocks clocks, long now, Scope scope, String account, Duration time) {
    lengthen(clocks, name(LOCK, scope, account), end(now, time));
  }

  /**
   * Enters a flood answer. The lock ends as late as any answer said. One that comes while another
   * one of the same scope holds is its echo: it makes the next wait no longer.
   */
  static void flooded(Clocks clocks, long now, Scope scope, String account, Duration named) {
    boolean echo = now < clocks.get(name(FLOOD, scope, account));
    int level = level(clocks, now);
    boolean own = named.isZero() && !echo;
    long end = end(now, own ? WAITS.get(Math.min(level, WAITS.size() - 1)) : named);
    if (!echo) {
      clocks.set(LEVEL, level + 1L);
    }
    lengthen(clocks, name(LOCK, scope, account), end);
    lengthen(clocks, name(FLOOD, scope, account), end);
    lengthen(clocks, FLOODED, end);
  }

  private static long end(long now, Duration time) {
    Duration kept = time.compareTo(LONGEST) > 0 ? LONGEST : time;
    return now + kept.toMillis();
  }

  private static void lengthen(Clocks clocks, String name, long end) {
    clocks.set(name, Math.max(clocks.get(name), end));
  }

  /** How many floods are not forgotten yet. */
  static int level(Clocks clocks, long now) {
    long quiet = Math.max(0, now - clocks.get(FLOODED));
    return (int) Math.max(0, clocks.get(LEVEL) - quiet / FORGOTTEN_MILLIS);
  }

  private static String name(String kind, Scope scope, String account) {
    return scope == Scope.ADDRESS ? kind : kind + ":" + account;
  }
}
