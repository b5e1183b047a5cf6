package io.consigne.core.remote.source;

import io.consigne.core.remote.source.SourceException.Reason;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a source may still keep us waiting. Until the file begins, all time counts; then each
 * {@code stallBytes} of the file buy a new {@code stall}, and the time that the reader spends
 * elsewhere does not count. So a large file may take days, and a drip is noticed.
 */
final class Patience {
  private final FetchLimits.Waits limits;
  private final LongSupplier nanoTime;
  private long deadline;
  private long pausedAt;
  private boolean inFile;
  private long received;

  /** {@code nanoTime} is a clock such as {@link System#nanoTime}. */
  Patience(FetchLimits.Waits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    answer();
  }

  /** From now on, an answer has to come. */
  void answer() {
    inFile = false;
    deadline = nanoTime.getAsLong() + limits.answer().toNanos();
  }

  /** From now on, the file has to come. */
  void file() {
    inFile = true;
    received = 0;
    deadline = nanoTime.getAsLong() + limits.stall().toNanos();
    pausedAt = nanoTime.getAsLong();
  }

  /** The reader asks for more of the file. */
  void resume() {
    deadline += nanoTime.getAsLong() - pausedAt;
  }

  /** The reader got so much of the file, and is busy with it. */
  void pause(int bytes) {
    pausedAt = nanoTime.getAsLong();
    received += bytes;
    if (received >= limits.stallBytes()) {
      received = 0;
      deadline = pausedAt + limits.stall().toNanos();
    }
  }

  /**
   * How long the next wait may be: what a socket takes as its timeout.
   *
   * @throws SourceException {@code STALLED} if it was long enough
   */
  int millisLeft() throws SourceException {
    long nanos = deadline - nanoTime.getAsLong();
    if (nanos <= 0) {
      throw stalled();
    }
    return (int) Math.min(Integer.MAX_VALUE, Duration.ofNanos(nanos).toMillis() + 1);
  }

  SourceException stalled() {
    String message =
        inFile
            ? "The source sent less than "
                + limits.stallBytes()
                + " bytes in "
                + seconds(limits.stall())
            : "The source did not answer within " + seconds(limits.answer());
    return new SourceException(Reason.STALLED, message);
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " seconds";
  }
}
