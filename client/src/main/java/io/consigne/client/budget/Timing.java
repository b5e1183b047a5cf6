package io.consigne.client.budget;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/** What time it is, and waiting. */
public interface Timing {
  /** The machine's clock. */
  Timing SYSTEM = new SystemTiming();

  /** Now. */
  Instant now();

  /**
   * Waits.
   *
   * @throws InterruptedIOException if the thread is interrupted, which it stays
   */
  void sleep(Duration time) throws InterruptedIOException;
}
