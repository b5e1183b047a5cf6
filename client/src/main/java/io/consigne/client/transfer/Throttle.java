package io.consigne.client.transfer;

import io.consigne.client.budget.Timing;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Lets bytes pass no faster than a {@link Bandwidth}, for all transfers that share it. They take
 * turns in small pieces, so that none of many starves.
 */
public final class Throttle {
  private static final int SMALLEST_PIECE = 1024;
  private static final int LARGEST_PIECE = 256 * 1024;
  private static final int PIECES_PER_SECOND = 10;

  /** What was not used lately: who wakes up late makes up for it. */
  private static final Duration CREDIT = Duration.ofMillis(500);

  private final Bandwidth bandwidth;
  private final ZoneId zone;
  private final Timing timing;
  private Instant next = Instant.EPOCH;

  /** When the clock was read; after that it may be set back. */
  private Instant last = Instant.EPOCH;

  /**
   * A throttle.
   *
   * @param bandwidth by the hours of the week
   * @param zone of the clocks that the timetable means
   * @param timing the clock
   */
  public Throttle(Bandwidth bandwidth, ZoneId zone, Timing timing) {
    this.bandwidth = bandwidth;
    this.zone = zone;
    this.timing = timing;
  }

  private long bytesPerSecond(Instant now) {
    return bandwidth.bytesPerSecond(LocalDateTime.ofInstant(now, zone));
  }

  /** How many bytes may go in one piece now. */
  int pieceBytes() {
    long rate = bytesPerSecond(timing.now());
    return Math.clamp(rate / PIECES_PER_SECOND, SMALLEST_PIECE, LARGEST_PIECE);
  }

  /** Waits until a piece may pass. */
  void pass(int bytes) throws InterruptedIOException {
    Duration wait = reserve(bytes);
    if (wait.isPositive()) {
      timing.sleep(wait);
    }
  }

  private synchronized Duration reserve(int bytes) {
    Instant now = timing.now();
    long rate = bytesPerSecond(now);
    if (rate == Long.MAX_VALUE) {
      return Duration.ZERO;
    }
    if (now.isBefore(last)) {
      next = next.plus(Duration.between(last, now));
    }
    last = now;
    Instant earliest = now.minus(CREDIT);
    Instant start = next.isAfter(earliest) ? next : earliest;
    next = start.plusNanos((long) (bytes * 1e9 / rate));
    return Duration.between(now, next);
  }
}
