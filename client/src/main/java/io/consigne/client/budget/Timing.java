package io.consigne.client.budget;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/** What time it is, and waiting. */
public interface Timing {
  /** The machine's clock. */
  Timing SYSTEM = new SystemTiming();

  /** {@return now} */
  Instant now();

  /**
   * Waits.
   *
   * @param time none if it is negative
   * @throws InterruptedIOException if the thread is interrupted, which it stays
   */
  void sleep(Duration time) throws InterruptedIOException;
}
