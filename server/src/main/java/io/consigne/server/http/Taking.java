package io.consigne.server.http;

import java.time.Duration;

/** How a client takes its answer: told by the thread that writes, asked by any. */
public final class Taking {
  private volatile long bytes;
  private volatile long waitedNanos;

  /** When the write began that is under way. */
  private volatile long began;

  private volatile boolean writing;

  void begin() {
    began = System.nanoTime();
    writing = true;
  }

  /** Its own thread alone changes what it adds to. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void end(int length) {
    writing = false;
    waitedNanos += System.nanoTime() - began;
    bytes += length;
  }

  /** How much was written. */
  public long bytes() {
    return bytes;
  }

  /** How long that took, with the write that is under way. */
  public Duration waited() {
    long now = writing ? System.nanoTime() - began : 0;
    return Duration.ofNanos(waitedNanos + now);
  }
}
