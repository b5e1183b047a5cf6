package io.consigne.cli.talk;

import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.TransferFile;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The progress of transfers at the end of a terminal: a line for each of the files that are under
 * way, as far as there is room, and one for all. Draws nothing unless somebody watches.
 */
public final class Bar implements Progress {
  private static final long REDRAW_MILLIS = 100;
  private static final int MOST_FILES = 6;

  /** Room for {@code ^C}, which the terminal writes by itself, and which must not wrap a line. */
  private static final int ECHO_COLUMNS = 3;

  /** The eye does not follow a longer line from a name to its speed. */
  private static final int LONGEST_LINE = 120;

  private static final String CLEAR = "\u001b[J";

  private final PrintWriter err;
  private final @Nullable Supplier<Window> window;
  private final LongSupplier nanos;
  private final Map<TransferFile, Moving> moving = new HashMap<>();
  private final Set<Moving> order = new LinkedHashSet<>();
  private final Totals totals;
  private int drawnLines;
  private boolean started;
  private boolean over;
  private String ifStopped = "";

  /**
   * Progress on a terminal.
   *
   * @param window its size; null if nobody watches
   * @param nanos the clock
   */
  Bar(PrintWriter err, @Nullable Supplier<Window> window, LongSupplier nanos) {
    this.err = err;
    this.window = window;
    this.nanos = nanos;
    this.totals = new Totals(nanos.getAsLong());
  }

  /** So many files and bytes more are to come. */
  public synchronized void expect(long files, long bytes) {
    totals.expect(files, bytes);
  }

  /** What to tell somebody who stops the process while bytes move: how to go on. */
  public synchronized void ifStopped(String sentence) {
    ifStopped = sentence;
  }

  @Override
  public synchronized void seen(TransferEvent event) {
    long now = nanos.getAsLong();
    switch (event) {
      case TransferEvent.Begun e -> {
        var file = new Moving(e.file(), now, e.doneBytes());
        moving.put(e.file(), file);
        order.add(file);
        totals.wasThere(e.doneBytes());
      }
      case TransferEvent.Moved e -> {
        Moving file = moving.get(e.file());
        if (file != null) {
          file.moved(now, e.bytes());
        }
        totals.moved(now, e.bytes());
      }
      case TransferEvent.Repeated e ->
          aside(() ->
              err.println("consigne: again: " + Amount.shown(e.file().name() + ": " + e.why())));
      case TransferEvent.Unverified e ->
          aside(() ->
              err.println(
                  "consigne: not verified, the host has no checksum: "
                      + Amount.shown(e.file().name())));
      case TransferEvent.Ended e -> {
        remove(e.file());
        totals.ended();
      }
      case TransferEvent.Failed e -> remove(e.file());
    }
    if (window != null && !started) {
      start();
    }
  }

  private void remove(TransferFile file) {
    Moving gone = moving.remove(file);
    if (gone != null) {
      order.remove(gone);
    }
  }

  /** Draws again and again, until it is closed or the process is stopped. */
  private void start() {
    started = true;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (draw()) {
              Thread.sleep(REDRAW_MILLIS);
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private synchronized boolean draw() {
    if (over || window == null) {
      return false;
    }
    if (!moving.isEmpty()) {
      List<String> lines = lines(window.get());
      err.print(toTop() + String.join("\u001b[K\n", lines) + CLEAR);
      err.flush();
      drawnLines = lines.size();
    }
    return true;
  }

  /** Draws a line of another kind, if somebody watches. */
  synchronized void status(String text) {
    if (window != null && !over) {
      err.print(toTop() + Columns.fit(text, columns(window.get())).stripTrailing() + CLEAR);
      err.flush();
      drawnLines = 1;
    }
  }

  private static int columns(Window window) {
    return Math.clamp(window.columns() - ECHO_COLUMNS, 1, LONGEST_LINE);
  }

  private String toTop() {
    return drawnLines > 1 ? "\r\u001b[" + (drawnLines - 1) + "A" : "\r";
  }

  /** The lines in a window, now. */
  synchronized List<String> lines(Window window) {
    long now = nanos.getAsLong();
    int columns = columns(window);
    int most = Math.clamp(window.rows() - 2, 1, MOST_FILES);
    var lines = new ArrayList<String>();
    order.stream()
        .filter(Moving::isUnderWay)
        .limit(most)
        .forEach(file -> lines.add(file.line(now, columns)));
    lines.add(totals.line(now, columns));
    return lines;
  }

  /** What has moved in all, once it has; empty unless somebody watches. */
  synchronized String summary() {
    return window == null || !started ? "" : totals.summary(nanos.getAsLong());
  }

  /** Says something else; the lines come back by themselves. */
  synchronized void aside(Runnable saying) {
    clear();
    saying.run();
    err.flush();
  }

  /** Takes the lines away. */
  synchronized void clear() {
    if (drawnLines > 0) {
      err.print(toTop() + CLEAR);
      err.flush();
      drawnLines = 0;
    }
  }

  /** Ctrl-C, unless all has ended: nobody else says anything any more. */
  synchronized void stop() {
    if (!over) {
      close();
      err.println("consigne: stopped" + (ifStopped.isEmpty() ? "" : "; " + ifStopped));
      err.flush();
    }
  }

  /** Takes the lines away for good. */
  synchronized void close() {
    over = true;
    clear();
  }

  /** One file. */
  private static final class Moving {
    private final TransferFile file;
    private final Speed speed;
    private long doneBytes;

    Moving(TransferFile file, long nowNanos, long doneBytes) {
      this.file = file;
      this.speed = new Speed(nowNanos);
      this.doneBytes = doneBytes;
    }

    void moved(long nowNanos, long bytes) {
      doneBytes += bytes;
      speed.moved(nowNanos, bytes);
    }

    /** Of many files in one request most wait for their turn, or for the answer. */
    boolean isUnderWay() {
      return doneBytes > 0 && doneBytes < file.sizeBytes();
    }

    String line(long nowNanos, int columns) {
      var part = new Part(doneBytes, file.sizeBytes(), speed.perSecond(nowNanos));
      String name = Amount.shown(file.name());
      return part.after(name, name, columns);
    }
  }

  /** All files. */
  private static final class Totals {
    private final long startedNanos;
    private final Speed speed;
    private long files;
    private long bytes;
    private long doneFiles;
    private long doneBytes;
    private long movedBytes;

    Totals(long nowNanos) {
      this.startedNanos = nowNanos;
      this.speed = new Speed(nowNanos);
    }

    void expect(long moreFiles, long moreBytes) {
      files += moreFiles;
      bytes += moreBytes;
    }

    void wasThere(long before) {
      doneBytes += before;
    }

    void moved(long nowNanos, long more) {
      doneBytes += more;
      movedBytes += more;
      speed.moved(nowNanos, more);
    }

    void ended() {
      doneFiles++;
    }

    String line(long nowNanos, int columns) {
      var part = new Part(doneBytes, bytes, speed.perSecond(nowNanos));
      String done = "%d/%d  %s".formatted(doneFiles, files, Amount.bytes(doneBytes));
      return part.after(done + " of " + Amount.bytes(bytes), done, columns);
    }

    String summary(long nowNanos) {
      double seconds = Math.max(nowNanos - startedNanos, 1_000_000) / 1e9;
      return "%s, %s in %s, %s/s"
          .formatted(
              Amount.count(doneFiles, "file"),
              Amount.bytes(movedBytes),
              Amount.time(Duration.ofNanos(nowNanos - startedNanos)),
              Amount.bytes((long) (movedBytes / seconds)));
    }
  }

  /** How much of something is done, and how fast. */
  private record Part(long doneBytes, long allBytes, long bytesPerSecond) {
    private static final int LEAST_TEXT = 16;
    private static final int DRAWING = 16;

    /** A line that begins with a text, or with less where that is too long, in so many columns. */
    String after(String text, String shorter, int columns) {
      String percent = "%3d %%".formatted(percent());
      String pace = "  %9s/s  %7s".formatted(Amount.bytes(bytesPerSecond), timeLeft());
      String end = "  " + drawing() + "  " + percent + pace;
      if (columns - end.length() < LEAST_TEXT) {
        end = "  " + percent + pace;
      }
      if (columns - end.length() < LEAST_TEXT) {
        end = "  " + percent + "  %7s".formatted(timeLeft());
      }
      if (columns - end.length() < LEAST_TEXT) {
        end = "  " + percent;
      }
      int room = Math.max(1, columns - end.length());
      return Columns.fit(Columns.of(text) <= room ? text : shorter, room) + end;
    }

    private long percent() {
      return allBytes == 0 ? 100 : Math.clamp(100 * doneBytes / allBytes, 0, 100);
    }

    private String drawing() {
      int full = (int) (percent() * DRAWING / 100);
      return "━".repeat(full) + "╌".repeat(DRAWING - full);
    }

    private String timeLeft() {
      return bytesPerSecond == 0
          ? "-:--"
          : Amount.time(Duration.ofSeconds((allBytes - doneBytes) / bytesPerSecond));
    }
  }
}
