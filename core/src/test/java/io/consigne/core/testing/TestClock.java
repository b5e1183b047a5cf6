package io.consigne.core.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class TestClock implements InstantSource {
  /** When every test begins. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicLong passedNanos = new AtomicLong();

  @Override
  public Instant instant() {
    return now.get();
  }

  /** How much time passed, whatever the clock was set to. */
  public long passedNanos() {
    return passedNanos.get();
  }

  /** Time passes. */
  public void advance(Duration duration) {
    passedNanos.addAndGet(duration.toNanos());
    set(duration);
  }

  /** Is set forward, or back, while no time passes. */
  public void set(Duration forward) {
    now.updateAndGet(before -> before.plus(forward));
  }
}
