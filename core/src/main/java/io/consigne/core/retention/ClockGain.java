package io.consigne.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** By how much a clock was set forward, measured by a count of time that nobody sets. */
final class ClockGain {
  private static final Path UPTIME = Path.of("/proc/uptime");

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private Instant last;
  private long lastNanos;

  ClockGain(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.last = clock.instant();
    this.lastNanos = nanoTime.getAsLong();
  }

  /**
   * The time since the machine was started, in nanoseconds, also that in which it slept, which
   * {@link System#nanoTime} leaves out; that one where the system tells no other.
   */
  static LongSupplier machineTime() {
    return Files.isReadable(UPTIME) ? () -> uptime(UPTIME) : System::nanoTime;
  }

  /** As {@code proc_uptime(5)} has it: seconds, and after a space those without work. */
  static long uptime(Path file) {
    try {
      String told = Files.readString(file);
      return new BigDecimal(told.substring(0, told.indexOf(' '))).movePointRight(9).longValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How much since the last time; negative if it was set back. */
  Duration next() {
    Instant now = clock.instant();
    long nanos = nanoTime.getAsLong();
    Duration gained = Duration.between(last, now).minusNanos(nanos - lastNanos);
    last = now;
    lastNanos = nanos;
    return gained;
  }
}
