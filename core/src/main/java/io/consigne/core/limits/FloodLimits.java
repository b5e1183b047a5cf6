package io.consigne.core.limits;

import java.time.Duration;

/**
 * How long who was too fast is locked out, where the operator chose so.
 *
 * @param first the first lock
 * @param longest each lock, and each call during one, doubles it up to this
 * @param patience calls that come closer together than this count as one: those that were on their
 *     way already
 * @param forgotten after so long without another call during a lock, the next lock is a first one
 */
public record FloodLimits(Duration first, Duration longest, Duration patience, Duration forgotten) {
  /** What holds unless a test says otherwise. */
  public static final FloodLimits DEFAULT =
      new FloodLimits(
          Duration.ofSeconds(10),
          Duration.ofMinutes(15),
          Duration.ofSeconds(2),
          Duration.ofMinutes(30));

  /** How long the lock of that number is; numbers begin with 1. */
  Duration lock(int number) {
    Duration lock = first;
    for (int i = 1; i < number && lock.compareTo(longest) < 0; i++) {
      lock = lock.multipliedBy(2);
    }
    return lock.compareTo(longest) < 0 ? lock : longest;
  }
}
