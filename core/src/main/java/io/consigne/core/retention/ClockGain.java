package io.consigne.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** By how much a clock was set forward, measured by a count of time that nobody sets. */
final class ClockGain {
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private Instant last;
  private long lastNanos;

  ClockGain(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.last = clock.instant();
    this.lastNanos = nanoTime.getAsLong();
  }

  /** How much since the last time; negative if it was set back. A machine that slept gains. */
  Duration next() {
    Instant now = clock.instant();
    long nanos = nanoTime.getAsLong();
    Duration gained = Duration.between(last, now).minusNanos(nanos - lastNanos);
    last = now;
    lastNanos = nanos;
    return gained;
  }
}
