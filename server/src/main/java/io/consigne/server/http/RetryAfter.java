package io.consigne.server.http;

import java.time.Duration;

/** The field {@code Retry-After}: whole seconds (RFC 9110, section 10.2.3). */
public final class RetryAfter {
  /** When a host that stops, or one whose database is away, may be there again. */
  public static final long AWAY_SECONDS = 5;

  /** When stored bytes that are damaged may have been healed. */
  public static final long DAMAGED_SECONDS = 60;

  /** Clocks differ by more than the microsecond that is left out. */
  private static final long ALMOST_A_SECOND_NANOS = 999_999_000;

  private RetryAfter() {}

  /** At least one, and so many that who waits for them has not waited too short. */
  public static long seconds(Duration duration) {
    return Math.max(1, roundedUp(duration));
  }

  /** So many that who waits for them has not waited too short; none for no time. */
  public static long roundedUp(Duration duration) {
    return duration.plusNanos(ALMOST_A_SECOND_NANOS).toSeconds();
  }
}
