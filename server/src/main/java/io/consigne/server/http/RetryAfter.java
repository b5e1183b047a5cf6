package io.consigne.server.http;

import java.time.Duration;

/** The field {@code Retry-After}: whole seconds (RFC 9110, section 10.2.3). */
public final class RetryAfter {
  /** Clocks differ by more than the microsecond that is left out. */
  private static final long ALMOST_A_SECOND_NANOS = 999_999_000;

  private RetryAfter() {}

  /** At least one, and so many that who waits for them has not waited too short. */
  public static long seconds(Duration duration) {
    return Math.max(1, duration.plusNanos(ALMOST_A_SECOND_NANOS).toSeconds());
  }
}
