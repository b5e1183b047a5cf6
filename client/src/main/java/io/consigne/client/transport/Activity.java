package io.consigne.client.transport;

import java.time.Duration;

/** When something last moved in an exchange. */
final class Activity {
  private final long patienceNanos;
  private volatile long last = System.nanoTime();

  Activity(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  void moved() {
    last = System.nanoTime();
  }

  /** How long to wait before a look is worth it; at least a millisecond. */
  long leftNanos() {
    return Math.max(1_000_000, last + patienceNanos - System.nanoTime());
  }

  boolean isStalled() {
    return System.nanoTime() - last >= patienceNanos;
  }
}
