package io.consigne.core.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A time in nanoseconds that stands still until a test turns it. */
final class TurnedTime implements LongSupplier {
  private final AtomicLong now = new AtomicLong(-5_000_000_000L);

  @Override
  public long getAsLong() {
    return now.get();
  }

  void advance(Duration duration) {
    now.addAndGet(duration.toNanos());
  }
}
