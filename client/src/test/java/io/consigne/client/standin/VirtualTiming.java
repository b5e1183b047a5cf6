package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that sleeps move on at once. */
public final class VirtualTiming implements Timing {
  private final AtomicLong millis =
      new AtomicLong(Instant.parse("2026-03-02T10:00:00Z").toEpochMilli());

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(millis.get());
  }

  @Override
  public void sleep(Duration time) {
    millis.addAndGet(time.toMillis());
  }
}
