package io.consigne.core.limits;

import java.time.Duration;

/**
 * How many calls a bucket takes at once, and how long it takes to fill from empty; it fills evenly.
 *
 * @param calls at least 1
 * @param window positive
 */
public record CallRate(long calls, Duration window) {
  /** Refuses what would let nothing through. */
  public CallRate {
    if (calls < 1 || !window.isPositive()) {
      throw new IllegalArgumentException("call rate of " + calls + " in " + window);
    }
  }

  /** This rate, slowed to so many calls a second if it allows more. */
  CallRate slowedTo(long callsPerSecond) {
    double rate = calls / (window.toNanos() / 1e9);
    return callsPerSecond < rate
        ? new CallRate(Math.max(1, Math.round(calls * callsPerSecond / rate)), window)
        : this;
  }

  /** A steady rate, and so many calls at once. */
  public static CallRate perSecond(double rate, long atOnce) {
    return new CallRate(atOnce, Duration.ofNanos(Math.round(atOnce / rate * 1e9)));
  }

  /** One call each {@code pause}, and so many at once. */
  public static CallRate every(Duration pause, long atOnce) {
    return new CallRate(atOnce, pause.multipliedBy(atOnce));
  }
}
