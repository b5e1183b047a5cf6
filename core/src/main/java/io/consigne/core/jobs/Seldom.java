package io.consigne.core.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets the log tell of what comes back all the time, once in a while. */
public final class Seldom {
  private final LongSupplier nanoTime;
  private final long pauseNanos;
  private final AtomicLong toldAt;

  /** Once in {@code pause} at most, as {@code nanoTime} measures it. */
  public Seldom(LongSupplier nanoTime, Duration pause) {
    this.nanoTime = nanoTime;
    this.pauseNanos = pause.toNanos();
    this.toldAt = new AtomicLong(nanoTime.getAsLong() - pauseNanos);
  }

  /** Whether it is to be told now; the pause begins then. Of several threads one is let. */
  public boolean mayTell() {
    long now = nanoTime.getAsLong();
    long last = toldAt.get();
    return now - last >= pauseNanos && toldAt.compareAndSet(last, now);
  }
}
