package io.consigne.core.defense;

import io.consigne.core.failure.Failure;
import java.time.Duration;
import java.time.Instant;

/** What one address was wrong about. */
final class AddressScore {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final DefenderLimits limits;
  private int points;
  private int running;
  private Instant raised = Instant.EPOCH;
  private Instant closedUntil = Instant.EPOCH;

  AddressScore(DefenderLimits limits) {
    this.limits = limits;
  }

  /** Refuses an address that has to wait. */
  synchronized void check(Instant now) {
    refuseUntil(closedUntil, now);
  }

  /** Lets one try begin; what begins at once cannot outrun the score by more than the limit. */
  synchronized void begin(Instant now, boolean known) {
    refuseUntil(closedUntil, now);
    if (!known && running >= limits.atOnce()) {
      refuseUntil(now.plus(MOMENT), now);
    }
    running++;
  }

  synchronized void end() {
    running--;
  }

  /** Raises the score, and closes the address for a time that grows with it. */
  synchronized void wrong(Instant now, int cost) {
    if (!now.isBefore(raised.plus(limits.delays().forgotten()).plus(limits.delays().longest()))) {
      points = 0;
    }
    raised = now;
    points = Math.min(points + cost, Integer.MAX_VALUE / 2);
    int steps = Math.ceilDiv(points - limits.points().free(), limits.points().password());
    if (steps > 0) {
      Duration delay = limits.delays().first().multipliedBy(1L << Math.min(steps - 1, 20));
      closedUntil =
          now.plus(
              delay.compareTo(limits.delays().longest()) < 0 ? delay : limits.delays().longest());
    }
  }

  static void refuseUntil(Instant until, Instant now) {
    if (now.isBefore(until)) {
      throw new Failure.Locked(until, Duration.between(now, until).plusMillis(999)).asException();
    }
  }
}
