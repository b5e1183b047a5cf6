package io.consigne.core.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long each time, and never quite the same. */
public final class BackOff {
  private static final int MOST_DOUBLINGS = 30;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  /** Pauses from about {@code first} to {@code longest}. */
  public BackOff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** The pause after so many tries in a row that brought nothing, at least one. */
  public Duration after(long attempts) {
    long doubled = first.toMillis() << Math.clamp(attempts - 1, 0, MOST_DOUBLINGS);
    long pause = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(pause / 2 + random.nextLong(pause / 2 + 1));
  }
}
