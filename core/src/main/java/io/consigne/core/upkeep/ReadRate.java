package io.consigne.core.upkeep;

import io.consigne.core.jobs.Speed;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Holds a task back so that it reads no more than so many bytes a second. */
public final class ReadRate {
  private final long bytesPerSecond;
  private final Speed speed;
  private final Pause pause;

  private ReadRate(long bytesPerSecond, LongSupplier nanoTime, Pause pause) {
    if (bytesPerSecond < UpkeepLimits.LEAST_BYTES_PER_SECOND) {
      throw new IllegalArgumentException("bytes per second: " + bytesPerSecond);
    }
    this.bytesPerSecond = bytesPerSecond;
    this.speed = new Speed(nanoTime);
    this.pause = pause;
  }

  /** A rate by the machine's own clock. */
  public static ReadRate of(long bytesPerSecond) {
    return new ReadRate(bytesPerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  /** A rate by another clock. */
  static ReadRate of(long bytesPerSecond, LongSupplier nanoTime, Pause pause) {
    return new ReadRate(bytesPerSecond, nanoTime, pause);
  }

  /**
   * Waits until {@code bytes} more may have been read. Time that a task spent otherwise is not made
   * up for later, beyond a second.
   *
   * @throws UncheckedIOException if the thread is interrupted
   */
  void took(long bytes) {
    long wait = speed.waitAfter(bytes, bytesPerSecond);
    if (wait > 0) {
      try {
        pause.sleep(wait);
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
