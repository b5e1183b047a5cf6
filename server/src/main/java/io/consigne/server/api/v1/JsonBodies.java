package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads JSON bodies whole. A large one becomes many times its size in memory, so only a few are
 * there at once, from their first to the last byte of their answer.
 */
final class JsonBodies {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Semaphore large = new Semaphore(WireLimits.LARGE_JSON_BODIES, true);

  /**
   * A body that is too small to wait for its turn.
   *
   * @throws io.consigne.core.failure.FailureException {@code TooLarge}
   */
  static byte[] small(Exchange exchange) throws IOException {
    int limitBytes = WireLimits.OPEN_JSON_BODY_BYTES;
    byte[] body = begin(exchange, limitBytes, limitBytes + 1);
    if (body.length > limitBytes) {
      throw tooLarge(body.length, limitBytes);
    }
    return body;
  }

  private static byte[] begin(Exchange exchange, int limitBytes, int most) throws IOException {
    if (exchange.contentLength() > limitBytes) {
      throw tooLarge(exchange.contentLength(), limitBytes);
    }
    return exchange.bodyBytes(most, WireLimits.BODY_TIME);
  }

  /**
   * Reads a body and hands it to {@code use}.
   *
   * @throws io.consigne.core.failure.FailureException {@code TooLarge}; {@code Unavailable} if
   *     there are too many large ones
   */
  void with(Exchange exchange, int limitBytes, Use use) throws IOException {
    int most = Math.min(limitBytes + 1, WireLimits.LARGE_JSON_BODY_BYTES);
    byte[] begin = begin(exchange, limitBytes, most);
    if (begin.length > limitBytes) {
      throw tooLarge(begin.length, limitBytes);
    }
    if (begin.length < most) {
      use.take(begin);
    } else {
      withLarge(exchange, begin, limitBytes, use);
    }
  }

  private void withLarge(Exchange exchange, byte[] begin, int limitBytes, Use use)
      throws IOException {
    acquire();
    try {
      int most = limitBytes + 1 - begin.length;
      byte[] rest = exchange.bodyBytes(most, WireLimits.BODY_TIME);
      if (rest.length == most) {
        throw tooLarge(limitBytes + 1L, limitBytes);
      }
      var all = new ByteArrayOutputStream(begin.length + rest.length);
      all.writeBytes(begin);
      all.writeBytes(rest);
      use.take(all.toByteArray());
    } finally {
      large.release();
    }
  }

  private static RuntimeException tooLarge(long bytes, int limitBytes) {
    return new Failure.TooLarge("body", bytes, limitBytes).asException();
  }

  private void acquire() {
    try {
      if (large.tryAcquire(WireLimits.LARGE_JSON_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Failure.Unavailable("Too many large requests at once", RETRY_AFTER).asException();
  }

  /** What is done with a body. */
  @FunctionalInterface
  interface Use {
    /** Takes the bytes; they are forgotten when this returns. */
    void take(byte[] body) throws IOException;
  }
}
