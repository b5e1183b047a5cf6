package io.consigne.cli.talk;

import java.util.ArrayDeque;

/** How fast something has moved lately. */
final class Speed {
  private static final long LATELY_NANOS = 10_000_000_000L;
  private static final long STEP_NANOS = 250_000_000L;

  private record Mark(long nanos, long bytes) {}

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private long bytes;

  Speed(long nowNanos) {
    marks.add(new Mark(nowNanos, 0));
  }

  /** So many bytes more; what was there before, or must move again, is none. */
  void moved(long nowNanos, long more) {
    bytes += more;
    if (nowNanos - marks.getLast().nanos() >= STEP_NANOS) {
      marks.add(new Mark(nowNanos, bytes));
    }
    while (marks.size() > 2 && nowNanos - marks.getFirst().nanos() > LATELY_NANOS) {
      marks.removeFirst();
    }
  }

  long perSecond(long nowNanos) {
    Mark first = marks.getFirst();
    double seconds = Math.max(nowNanos - first.nanos(), 1_000_000) / 1e9;
    return Math.max(0, (long) ((bytes - first.bytes()) / seconds));
  }
}
