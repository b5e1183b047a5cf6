package io.consigne.server.http;

import java.time.Duration;

/**
 * How a client takes its answer, or sends its body: told by the thread that writes or reads, asked
 * by any.
 */
public final class Taking {
  private volatile long bytes;
  private volatile long waitedNanos;

  /** When the write or read began that is under way. */
  private volatile long began;

  private volatile boolean underWay;

  void begin() {
    began = System.nanoTime();
    underWay = true;
  }

  /** Its own thread alone changes what it adds to. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void end(int length) {
    underWay = false;
    waitedNanos += System.nanoTime() - began;
    bytes += length;
  }

  /** How much was written, or came. */
  public long bytes() {
    return bytes;
  }

  /** How long that took, with what is under way. */
  public Duration waited() {
    long now = underWay ? System.nanoTime() - began : 0;
    return Duration.ofNanos(waitedNanos + now);
  }
}
