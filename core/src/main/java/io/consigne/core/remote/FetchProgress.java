package io.consigne.core.remote;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far a running fetch is. Changed by one thread, read by any. */
final class FetchProgress {
  private static final long SAMPLE_NANOS = 1_000_000_000;
  private static final double WEIGHT = 0.3;

  private final LongSupplier nanoTime;
  private volatile long bytes;
  private volatile long total = -1;
  private volatile long bytesPerSecond;
  private volatile String name = "";
  private volatile boolean resumes;
  private volatile boolean complete;
  private long markNanos;
  private long markBytes;

  /**
   * Where a try begins.
   *
   * @param before what came in earlier tries, which stands until a source answers; null for nothing
   */
  FetchProgress(LongSupplier nanoTime, Claim.@Nullable Partial before) {
    this.nanoTime = nanoTime;
    if (before != null) {
      bytes = before.checkpoint().bytes();
      total = before.length().orElse(-1);
      name = before.name();
    }
    this.markNanos = nanoTime.getAsLong();
  }

  /** A connection delivers from here on. */
  void at(long from, OptionalLong expected, String fileName) {
    bytes = from;
    total = expected.orElse(-1);
    name = fileName;
    markBytes = from;
    markNanos = nanoTime.getAsLong();
  }

  /** Whether the source can go on where it is cut off, and what came can wait for it. */
  void resumes(boolean can) {
    resumes = can;
  }

  /** All has come, and becomes a file. */
  void complete() {
    complete = true;
  }

  boolean isComplete() {
    return complete;
  }

  /** Whether nothing is lost when it is cut off. */
  boolean losesNothing() {
    return resumes || bytes == 0;
  }

  /** So much has come in all. */
  void reached(long count) {
    bytes = count;
    long now = nanoTime.getAsLong();
    long past = now - markNanos;
    if (past >= SAMPLE_NANOS) {
      double rate = (count - markBytes) * 1e9 / past;
      double before = bytesPerSecond;
      bytesPerSecond = Math.round(before == 0 ? rate : before + WEIGHT * (rate - before));
      markNanos = now;
      markBytes = count;
    }
  }

  /** The time, which never goes back. */
  long nanoTime() {
    return nanoTime.getAsLong();
  }

  long bytes() {
    return bytes;
  }

  OptionalLong total() {
    long known = total;
    return known < 0 ? OptionalLong.empty() : OptionalLong.of(known);
  }

  long bytesPerSecond() {
    return bytesPerSecond;
  }

  String name() {
    return name;
  }
}
