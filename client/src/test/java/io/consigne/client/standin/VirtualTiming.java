package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that sleeps move on at once. It may be wrong; {@link #truth} never is. */
public final class VirtualTiming implements Timing {
  private final AtomicLong millis =
      new AtomicLong(Instant.parse("2026-03-02T10:00:00Z").toEpochMilli());
  private final AtomicLong wrongMillis = new AtomicLong();

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(millis.get() + wrongMillis.get());
  }

  @Override
  public void sleep(Duration time) {
    millis.addAndGet(time.toMillis());
  }

  /** Somebody sets the clock; the time that passes stays the same. */
  public void set(Duration ahead) {
    wrongMillis.addAndGet(ahead.toMillis());
  }

  /** The same, and right: how others see what is done. */
  public Timing truth() {
    return new Timing() {
      @Override
      public Instant now() {
        return Instant.ofEpochMilli(millis.get());
      }

      @Override
      public void sleep(Duration time) {
        VirtualTiming.this.sleep(time);
      }
    };
  }
}
