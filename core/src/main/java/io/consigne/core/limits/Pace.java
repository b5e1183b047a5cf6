package io.consigne.core.limits;

import java.time.Duration;

/**
 * How fast a client takes its answer: judged again each time that the host has waited for it for
 * half a minute. What the host itself takes its time for does not count.
 */
final class Pace {
  /** How long a client is waited for until it is judged. */
  static final Duration JUDGED_AFTER = Duration.ofSeconds(30);

  /**
   * How much it has to take in that time, in bytes. Writes are of 64 KiB, so who takes 2.2 KiB a
   * second is never found to be too slow.
   */
  static final int LEAST_BYTES = 16 * 1024;

  private final CallsAtOnce.Taker taker;
  private long judgedBytes;
  private Duration judged = Duration.ZERO;
  private boolean ended;

  Pace(CallsAtOnce.Taker taker) {
    this.taker = taker;
  }

  void endIfSlow() {
    Duration waited = taker.waited();
    Duration since = waited.minus(judged);
    if (ended || since.compareTo(JUDGED_AFTER) < 0) {
      return;
    }
    long taken = taker.takenBytes();
    double least = (double) LEAST_BYTES * since.toMillis() / JUDGED_AFTER.toMillis();
    if (taken - judgedBytes < least) {
      ended = true;
      taker.hangUp();
    }
    judgedBytes = taken;
    judged = waited;
  }
}
