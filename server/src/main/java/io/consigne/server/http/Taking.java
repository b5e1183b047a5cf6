package io.consigne.server.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How a client takes its answer, or sends its body: told by the thread that writes or reads, asked
 * by any.
 */
public final class Taking {
  private final LongSupplier nanoTime;
  private long bytes;
  private long waitedNanos;

  /** When the write or read began that is under way. */
  private long began;

  private boolean underWay;

  Taking() {
    this(System::nanoTime);
  }

  Taking(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  synchronized void begin() {
    began = nanoTime.getAsLong();
    underWay = true;
  }

  synchronized void end(int length) {
    underWay = false;
    waitedNanos += nanoTime.getAsLong() - began;
    bytes += length;
  }

  /** How far it is now. */
  public synchronized SoFar soFar() {
    long now = underWay ? nanoTime.getAsLong() - began : 0;
    return new SoFar(bytes, Duration.ofNanos(waitedNanos + now));
  }

  /**
   * How far it was at a moment.
   *
   * @param bytes how much was written, or came
   * @param waited how long that took, with what is under way
   */
  public record SoFar(long bytes, Duration waited) {}
}
