package io.consigne.client.budget;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;

/** The machine's clock. */
final class SystemTiming implements Timing {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void sleep(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted while waiting");
      interrupted.initCause(e);
      throw interrupted;
    }
  }
}
