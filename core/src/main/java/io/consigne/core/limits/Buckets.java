package io.consigne.core.limits;

import java.time.Duration;

/**
 * Where the buckets of a host are: in memory, or where several nodes share them.
 *
 * <p>A bucket that was never asked for is full. One that nobody asked for during its quota's window
 * may be forgotten, since it is full again. Calls do not block on other callers, and two at once
 * never get the same unit.
 */
public interface Buckets {
  /** Takes one unit out of a bucket, if there is one. */
  Level take(Id bucket, Quota quota);

  /** Puts back what {@link #take} took for a call that was not let in after all. */
  void giveBack(Id bucket, Quota quota);

  /** Which bucket. */
  record Id(Subject subject, CallKind kind) {}

  /**
   * A bucket after it was asked.
   *
   * @param taken whether there was a unit
   * @param left units that are still there
   * @param next how long until there is another unit, if none is left; else zero
   * @param full how long until it is full
   */
  record Level(boolean taken, long left, Duration next, Duration full) {}
}
