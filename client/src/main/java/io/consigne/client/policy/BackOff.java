package io.consigne.client.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something is tried again: twice as long each time, with chance in it, so
 * that clients that failed together do not come back together.
 *
 * @param first before the second try
 * @param longest never longer
 */
public record BackOff(Duration first, Duration longest, RandomGenerator random) {
  /** The wait after so many tries, at least one. */
  public Duration after(int tries) {
    long full = first.toMillis() << Math.min(20, tries - 1);
    long capped = Math.min(full, longest.toMillis());
    return Duration.ofMillis(capped / 2 + random.nextLong(capped / 2 + 1));
  }
}
