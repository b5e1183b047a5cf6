package io.consigne.core.remote;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long each time, and never quite the same. */
final class BackOff {
  private static final int MOST_DOUBLINGS = 30;

  private final RemoteLimits limits;
  private final RandomGenerator random;

  BackOff(RemoteLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
  }

  /** The pause after so many tries in a row that brought nothing, at least one. */
  Duration after(long attempts) {
    long doubled = limits.firstPause().toMillis() << Math.clamp(attempts - 1, 0, MOST_DOUBLINGS);
    long pause = Math.min(doubled, limits.longestPause().toMillis());
    return Duration.ofMillis(pause / 2 + random.nextLong(pause / 2 + 1));
  }
}
