package io.consigne.core.limits;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How fast a client takes its answer or sends its body: judged again each time that the host has
 * waited for it for a while. What the host itself takes its time for does not count.
 */
final class Pace {
  /** How long a client that takes its answer is waited for until it is judged. */
  static final Duration JUDGED_AFTER = Duration.ofSeconds(30);

  /**
   * How much it has to take in that time, in bytes. Writes are of 64 KiB, so who takes 2.2 KiB a
   * second is never found to be too slow.
   */
  static final int LEAST_BYTES = 16 * 1024;

  /** How long one that sends its body is waited for: that comes in smaller pieces than 64 KiB. */
  static final Duration SENDER_JUDGED_AFTER = Duration.ofSeconds(10);

  private final CallsAtOnce.Taker taker;
  private long judgedBytes;
  private Duration judged = Duration.ZERO;
  private long briskBytes;

  /** Until when it was last found to be brisk. */
  private Duration brisk = Duration.ZERO;

  private boolean ended;

  Pace(CallsAtOnce.Taker taker) {
    this.taker = taker;
  }

  void endIfSlow() {
    CallsAtOnce.Taken taken = taker.taken();
    Duration since = taken.waited().minus(judged);
    if (ended || since.compareTo(taker.judgedAfter()) < 0) {
      return;
    }
    double least = (double) LEAST_BYTES * since.toMillis() / JUDGED_AFTER.toMillis();
    if (taken.bytes() - judgedBytes < least) {
      end();
    }
    judgedBytes = taken.bytes();
    judged = taken.waited();
  }

  /**
   * How fast it is since it was last found to be brisk, if that is too slow for whom others wait
   * for; empty if it is brisk, was not waited for so long since, or was ended.
   */
  OptionalDouble sluggishness(Duration least, double briskBytesPerSecond) {
    CallsAtOnce.Taken taken = taker.taken();
    Duration since = taken.waited().minus(brisk);
    if (ended || since.compareTo(least) < 0) {
      return OptionalDouble.empty();
    }
    double rate = (taken.bytes() - briskBytes) * 1000.0 / since.toMillis();
    if (rate < briskBytesPerSecond) {
      return OptionalDouble.of(rate);
    }
    briskBytes = taken.bytes();
    brisk = taken.waited();
    return OptionalDouble.empty();
  }

  /** Whether it was not ended yet, and has been waited for so long in all. */
  boolean mayEnd(Duration least) {
    return !ended && waited().compareTo(least) >= 0;
  }

  /** How long it has been waited for in all. */
  Duration waited() {
    return taker.taken().waited();
  }

  /** Ends the request, however fast it is. */
  void end() {
    ended = true;
    taker.hangUp();
  }
}
