package io.consigne.core.upkeep;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds a task back so that it reads no more than so many bytes a second. */
public final class Pace {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private long freeAt;

  private Pace(long bytesPerSecond, LongSupplier nanoTime, Pause pause) {
    if (bytesPerSecond < UpkeepLimits.LEAST_BYTES_PER_SECOND) {
      throw new IllegalArgumentException("bytes per second: " + bytesPerSecond);
    }
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.freeAt = nanoTime.getAsLong();
  }

  /** A pace by the machine's own clock. */
  public static Pace of(long bytesPerSecond) {
    return new Pace(bytesPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  /** A pace by another clock. */
  static Pace of(long bytesPerSecond, LongSupplier nanoTime, Pause pause) {
    return new Pace(bytesPerSecond, nanoTime, pause);
  }

  /**
   * Waits until {@code bytes} more may have been read. Time that a task spent otherwise is not made
   * up for later, beyond a second.
   *
   * @throws UncheckedIOException if the thread is interrupted
   */
  void took(long bytes) {
    long now = nanoTime.getAsLong();
    freeAt = Math.max(freeAt, now - SECOND_NANOS);
    freeAt += (long) ((double) bytes / bytesPerSecond * SECOND_NANOS);
    if (freeAt > now) {
      try {
        pause.sleep(freeAt - now);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new InterruptedIOException("interrupted"));
      }
    }
  }

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {
    /** Waits so many nanoseconds. */
    void sleep(long nanos) throws InterruptedException;
  }
}
