package io.consigne.server.commands;

import io.consigne.core.upkeep.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how far a task is: on a terminal one line that moves, elsewhere a line now and then, and
 * none for a task that is over soon.
 */
final class ProgressBar {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String CLEAR = "\r\u001b[K";
  private static final int CELLS = 20;

  private final PrintWriter err;
  private final boolean moves;
  private final LongSupplier nanoTime;
  private String what = "";
  private long begunAt;
  private long begunWith;
  private long saidAt;
  private boolean shown;

  /** Prints to {@code err}; {@code moves} if that is a terminal. */
  ProgressBar(PrintWriter err, boolean moves, LongSupplier nanoTime) {
    this.err = err;
    this.moves = moves;
    this.nanoTime = nanoTime;
    this.saidAt = nanoTime.getAsLong();
  }

  /** Shows it. */
  void show(Progress progress) {
    long now = nanoTime.getAsLong();
    if (!progress.what().equals(what)) {
      what = progress.what();
      begunAt = now;
      begunWith = progress.done();
    }
    if (moves) {
      err.print(CLEAR + line(progress, now));
      err.flush();
      shown = true;
    } else if (now - saidAt > QUIET_NANOS) {
      err.println(line(progress, now));
      err.flush();
      saidAt = now;
    }
  }

  /** Takes the line away, so that something else can be printed. */
  void clear() {
    if (shown) {
      err.print(CLEAR);
      err.flush();
      shown = false;
    }
  }

  private String line(Progress progress, long now) {
    if (progress.total() == 0) {
      return progress.what() + (progress.done() == 0 ? " …" : "  " + Amount.count(progress.done()));
    }
    double share = Math.min(1, (double) progress.done() / progress.total());
    var line = new StringBuilder(progress.what()).append("  ");
    if (moves) {
      int full = (int) (share * CELLS);
      line.append('[').repeat('=', full).repeat(' ', CELLS - full).append("]  ");
    }
    line.append((int) (share * 100)).append(" %  ");
    return line.append(amounts(progress, now)).toString();
  }

  private String amounts(Progress progress, long now) {
    double seconds = Math.max(1, now - begunAt) / (double) SECOND_NANOS;
    double speed = (progress.done() - begunWith) / seconds;
    String left =
        speed > 0
            ? ", ETA "
                + Amount.time(
                    Duration.ofSeconds((long) ((progress.total() - progress.done()) / speed)))
            : "";
    return progress.unit() == Progress.Unit.BYTES
        ? "%s of %s, %s/s%s"
            .formatted(
                Amount.bytes(progress.done()),
                Amount.bytes(progress.total()),
                Amount.bytes((long) speed),
                left)
        : "%s of %s%s"
            .formatted(Amount.count(progress.done()), Amount.count(progress.total()), left);
  }
}
