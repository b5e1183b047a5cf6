package io.consigne.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;

/**
 * The body of a request; knows whether anybody looked at it, and tells a client that is gone, or
 * that sends next to nothing. Only the time counts in which the host waits for the client.
 */
final class RequestBody extends InputStream {
  private static final int PIECE_BYTES = 8 * 1024;

  /** What most bodies fit in. */
  private static final int SMALL_BYTES = 256;

  private static final int WASTE_BYTES = 64 * 1024;

  private final InputStream source;
  private final HttpLimits.Body limits;
  private final Runnable broken;
  private final Taking coming = new Taking();
  private byte[] ahead = {};
  private int aheadAt;
  private boolean touched;
  private boolean ended;
  private long waitedNanos;
  private long cameBytes;

  /**
   * Reads {@code source}.
   *
   * @param broken called when nothing more can be read, because chunks were not as they must be
   */
  RequestBody(InputStream source, HttpLimits.Body limits, Runnable broken) {
    this.source = source;
    this.limits = limits;
    this.broken = broken;
  }

  /** Whether a read was tried; from then on a waiting client has been told to send. */
  boolean touched() {
    return touched;
  }

  /** How the client sends it; may be asked by any thread. */
  Taking coming() {
    return coming;
  }

  /** Whether everything was read. */
  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (aheadAt < ahead.length) {
      int count = Math.min(length, ahead.length - aheadAt);
      System.arraycopy(ahead, aheadAt, target, offset, count);
      aheadAt += count;
      return count;
    }
    touched = true;
    try {
      long begin = System.nanoTime();
      int count = fromSource(target, offset, length);
      ended = count < 0;
      requireProgress(count, System.nanoTime() - begin);
      return count;
    } catch (ClientAbortException e) {
      throw new ClientGoneException("sending its request", e);
    } catch (BadRequestException e) {
      broken.run();
      var malformed = new MalformedBody("The chunks of the body are not as HTTP/1.1 wants them");
      malformed.initCause(e);
      throw malformed;
    } catch (IOException e) {
      throw new ClientGoneException("sending its request", e);
    }
  }

  private int fromSource(byte[] target, int offset, int length) throws IOException {
    int count = -1;
    coming.begin();
    try {
      count = source.read(target, offset, length);
    } finally {
      coming.end(Math.max(count, 0));
    }
    return count;
  }

  private void requireProgress(int count, long nanos) throws IOException {
    cameBytes += Math.max(count, 0);
    waitedNanos += nanos;
    if (ended || waitedNanos < limits.idle().toNanos()) {
      return;
    }
    if (cameBytes < limits.slowestBytes()) {
      throw new SocketTimeoutException(cameBytes + " bytes in " + limits.idle());
    }
    waitedNanos = 0;
    cameBytes = 0;
  }

  /** The next bytes, fewer than {@code most} only at the end, if they come within the time. */
  byte[] next(int most, Duration time) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] piece = {};
    long begin = System.nanoTime();
    while (bytes.size() < most) {
      if (piece.length < PIECE_BYTES) {
        piece = new byte[Math.clamp(available(), SMALL_BYTES, PIECE_BYTES)];
      }
      int count = read(piece, 0, Math.min(piece.length, most - bytes.size()));
      if (count < 0) {
        break;
      }
      bytes.write(piece, 0, count);
      if (System.nanoTime() - begin > time.toNanos()) {
        throw new LateBody("The body took longer than " + seconds(time) + " seconds");
      }
    }
    return bytes.toByteArray();
  }

  /** As {@code 60}, and {@code 0.5} for what is no whole number. */
  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  /** The first bytes as {@link #next}, which are read again afterwards. */
  byte[] peek(int most, Duration time) throws IOException {
    if (touched) {
      throw new IllegalStateException("the body has been read");
    }
    ahead = next(most, time);
    aheadAt = 0;
    return ahead.clone();
  }

  /**
   * Reads to the end and throws away what comes.
   *
   * @return whether the end came, within the time, and behind at most {@code limitBytes} more
   */
  boolean skipAll(long limitBytes, Duration time) throws IOException {
    long begin = System.nanoTime();
    byte[] waste = new byte[WASTE_BYTES];
    long left = limitBytes;
    while (!ended && left >= 0 && System.nanoTime() - begin < time.toNanos()) {
      left -= Math.max(0, read(waste, 0, (int) Math.min(waste.length, left + 1)));
    }
    return ended;
  }

  @Override
  public int available() throws IOException {
    return ahead.length - aheadAt + source.available();
  }
}
