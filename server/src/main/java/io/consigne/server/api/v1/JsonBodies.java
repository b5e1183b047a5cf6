package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.limits.CallsAtOnce;
import io.consigne.core.limits.Subject;
import io.consigne.server.http.Exchange;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON bodies whole. Large ones come one by one from each account, so that who sends slowly
 * keeps no other waiting; and as one becomes many times its size in memory when it is read, only a
 * few are used at once. While they are answered nothing of them is left.
 */
final class JsonBodies {
  /** The next body of an account is waited with for as long as the one before may take to come. */
  static final CallsAtOnce.Most COMING =
      new CallsAtOnce.Most(
          1,
          WireLimits.LARGE_JSON_BODIES_COMING,
          WireLimits.BODY_TIME,
          WireLimits.LARGE_JSON_PATIENCE,
          "Of an account only %d large request is read at a time");

  private final CallsAtOnce coming = new CallsAtOnce(COMING, WireLimits.LARGE_JSON_BODIES_WAITING);
  private final Semaphore used = new Semaphore(WireLimits.LARGE_JSON_BODIES, true);

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
   * Reads a body.
   *
   * @param account whose call it is: of one account one large body comes at a time
   * @return to be used, and closed
   * @throws io.consigne.core.failure.FailureException {@code TooLarge}; {@code Unavailable} or
   *     {@code AllowanceUsed} if there are too many large ones
   */
  Body read(Exchange exchange, AccountId account) throws IOException {
    int limitBytes = WireLimits.JSON_BODY_BYTES;
    byte[] begin = begin(exchange, limitBytes, WireLimits.LARGE_JSON_BODY_BYTES);
    if (begin.length < WireLimits.LARGE_JSON_BODY_BYTES) {
      return new Body(begin, null);
    }
    CallsAtOnce.Place place = coming.enter(new Subject.OfAccount(account), Gate.sender(exchange));
    boolean came = false;
    try {
      var body = new Body(rest(exchange, begin, limitBytes), place);
      came = true;
      return body;
    } finally {
      if (!came) {
        place.close();
      }
    }
  }

  private static byte[] rest(Exchange exchange, byte[] begin, int limitBytes) throws IOException {
    byte[] all = exchange.bodyBytes(begin, limitBytes + 1, WireLimits.BODY_TIME);
    if (all.length > limitBytes) {
      throw tooLarge(all.length, limitBytes);
    }
    return all;
  }

  private static RuntimeException tooLarge(long bytes, int limitBytes) {
    return new Failure.TooLarge("body", bytes, limitBytes).asException();
  }

  private void acquire() {
    try {
      if (used.tryAcquire(WireLimits.LARGE_JSON_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Failure.Unavailable(
            "Too many large requests at once", WireLimits.LARGE_JSON_RETRY_AFTER)
        .asException();
  }

  /** A body that is there, until it is used. */
  final class Body implements AutoCloseable {
    private byte[] bytes;
    private CallsAtOnce.@Nullable Place place;

    private Body(byte[] bytes, CallsAtOnce.@Nullable Place place) {
      this.bytes = bytes;
      this.place = place;
    }

    /** How long it may wait for a place of its account: it holds one of the few for all. */
    Duration patience() {
      return place == null ? CallsAtOnce.Most.KNOWN.own() : WireLimits.LARGE_JSON_HELD;
    }

    /**
     * Hands it to {@code use}; nothing of it is left then.
     *
     * @throws io.consigne.core.failure.FailureException {@code Unavailable} if too many large ones
     *     are used
     */
    <T> T use(Use<T> use) throws IOException {
      try (this) {
        if (place == null) {
          return use.take(bytes);
        }
        acquire();
        try {
          return use.take(bytes);
        } finally {
          used.release();
        }
      }
    }

    @Override
    public void close() {
      bytes = new byte[0];
      if (place != null) {
        place.close();
        place = null;
      }
    }
  }

  /**
   * What is done with a body.
   *
   * @param <T> what comes of it, of which the body is no part
   */
  @FunctionalInterface
  interface Use<T> {
    /** Takes the bytes. */
    T take(byte[] body) throws IOException;
  }
}
