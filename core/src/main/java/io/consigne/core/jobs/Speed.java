package io.consigne.core.jobs;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Shares a speed out among what runs at once: each is told how long to wait. */
public final class Speed {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final LongSupplier nanoTime;
  private final AtomicLong freeAt;

  /** By that clock. */
  public Speed(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.freeAt = new AtomicLong(nanoTime.getAsLong());
  }

  /**
   * How many nanoseconds to wait before the next bytes, after so many have been moved. Time that
   * was not used is not made up for later, beyond a second.
   */
  public long waitAfter(long bytes, long bytesPerSecond) {
    long now = nanoTime.getAsLong();
    long cost = (long) ((double) bytes / bytesPerSecond * SECOND_NANOS);
    long free = freeAt.updateAndGet(before -> Math.max(before - now, -SECOND_NANOS) + now + cost);
    return Math.max(0, free - now);
  }
}
