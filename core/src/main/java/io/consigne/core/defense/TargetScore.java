package io.consigne.core.defense;

import java.time.Instant;

/** How often a thing was guessed at, from wherever. */
final class TargetScore {
  private final DefenderLimits limits;
  private int tries;
  private Instant raised = Instant.EPOCH;
  private Instant closedUntil = Instant.EPOCH;

  TargetScore(DefenderLimits limits) {
    this.limits = limits;
  }

  /** Lets a try begin: any, or one after each pause when there were too many wrong ones. */
  synchronized void begin(Instant now) {
    if (!now.isBefore(raised.plus(limits.delays().forgotten()))) {
      tries = 0;
    }
    if (tries >= limits.target().tries()) {
      AddressScore.refuseUntil(closedUntil, now);
      closedUntil = now.plus(limits.target().pause());
    }
  }

  synchronized void wrong(Instant now) {
    raised = now;
    tries++;
  }
}
