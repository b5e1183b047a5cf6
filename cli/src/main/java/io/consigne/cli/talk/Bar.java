package io.consigne.cli.talk;

import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The progress of transfers in one line of a terminal: files, bytes, speed, time left, and one of
 * the files that are under way. Draws nothing unless somebody watches.
 */
public final class Bar implements Progress {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int NAME_WIDTH = 30;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean watched;
  private final long startedNanos = System.nanoTime();
  private final Map<String, long[]> running = new LinkedHashMap<>();
  private long filesExpected;
  private long bytesExpected;
  private long filesDone;
  private long bytesDone;
  private long bytesHere;
  private long drawnNanos;
  private boolean drawn;

  Bar(PrintWriter err, boolean watched) {
    this.err = err;
    this.watched = watched;
  }

  /** So many files and bytes more are to come. */
  public synchronized void expect(long files, long bytes) {
    filesExpected += files;
    bytesExpected += bytes;
  }

  @Override
  public synchronized void seen(TransferEvent event) {
    switch (event) {
      case TransferEvent.Begun e -> {
        running.put(e.name(), new long[] {e.doneBytes(), e.sizeBytes()});
        bytesDone += e.doneBytes();
        bytesHere += e.doneBytes();
      }
      case TransferEvent.Moved e -> {
        bytesDone += e.bytes();
        long[] file = running.get(e.name());
        if (file != null) {
          file[0] += e.bytes();
        }
      }
      case TransferEvent.Repeated e ->
          aside(() -> err.println("consigne: again: " + Amount.shown(e.name() + ": " + e.why())));
      case TransferEvent.Ended e -> {
        running.remove(e.name());
        filesDone++;
      }
    }
    long now = System.nanoTime();
    if (watched && now - drawnNanos >= REDRAW_NANOS) {
      drawnNanos = now;
      draw(now);
    }
  }

  private void draw(long nowNanos) {
    err.print(CLEAR + text(Duration.ofNanos(nowNanos - startedNanos)));
    err.flush();
    drawn = true;
  }

  /** The line, after so much time. */
  synchronized String text(Duration passed) {
    double seconds = Math.max(passed.toMillis(), 1) / 1000.0;
    double speed = (bytesDone - bytesHere) / seconds;
    long left = bytesExpected - bytesDone;
    String end = speed > 0 ? Amount.time(Duration.ofSeconds((long) (left / speed))) : "-:--";
    String total =
        "%d/%d  %s of %s  %s/s  ETA %s"
            .formatted(
                filesDone,
                filesExpected,
                Amount.bytes(bytesDone),
                Amount.bytes(bytesExpected),
                Amount.bytes((long) speed),
                end);
    return running.entrySet().stream()
        .findFirst()
        .map(file -> total + "  " + file(file.getKey(), file.getValue()))
        .orElse(total);
  }

  private static String file(String name, long[] bytes) {
    String shown = Amount.shown(name);
    String cut = shown.length() <= NAME_WIDTH ? shown : shown.substring(0, NAME_WIDTH - 1) + "…";
    return "%s %d %%".formatted(cut, bytes[1] == 0 ? 100 : 100 * bytes[0] / bytes[1]);
  }

  /** Says something else; the line comes back by itself. */
  synchronized void aside(Runnable saying) {
    clear();
    saying.run();
    err.flush();
  }

  /** Takes the line away. */
  synchronized void clear() {
    if (drawn) {
      err.print(CLEAR);
      err.flush();
      drawn = false;
    }
  }
}
