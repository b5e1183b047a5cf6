package io.consigne.client.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** A body that is closed when nothing of it comes for a while. */
final class WatchedStream extends FilterInputStream {
  private static final int SKIPPED_BYTES = 16 << 10;

  private final Activity activity;
  private final Future<?> watch;
  private volatile boolean reading;
  private volatile boolean stalled;

  WatchedStream(InputStream body, Activity activity, ExecutorService threads) {
    super(body);
    this.activity = activity;
    this.watch = threads.submit(this::watch);
  }

  private void watch() {
    try {
      while (!(reading && activity.isStalled())) {
        Thread.sleep(Math.max(100, activity.leftNanos() / 1_000_000));
      }
      stalled = true;
      in.close();
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    activity.moved();
    reading = true;
    int read;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw Thread.currentThread().isInterrupted() ? interrupted(e) : e;
    } finally {
      reading = false;
    }
    if (read < 0 && stalled) {
      throw new HttpTimeoutException("the answer stopped");
    }
    return read;
  }

  /** Reads what is skipped: silence is as long there. */
  @Override
  public long skip(long bytes) throws IOException {
    var piece = new byte[Math.clamp(bytes, 0, SKIPPED_BYTES)];
    return Math.max(0, read(piece, 0, piece.length));
  }

  private static InterruptedIOException interrupted(IOException cause) {
    var interrupted = new InterruptedIOException("interrupted within an answer");
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public void close() throws IOException {
    watch.cancel(true);
    in.close();
  }
}
