package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that take their time. */
@Timeout(60)
class SlowClientsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(50);

  private static HttpLimits limits(Duration headers, Duration read, Duration write, Duration kept) {
    return new HttpLimits(
        new HttpLimits.Head(16 * 1024, 100, headers),
        new HttpLimits.Body(read, 1024, LONG),
        write,
        kept,
        new HttpLimits.Connections(100, 67));
  }

  private static void hello(Exchange exchange) throws IOException {
    exchange.body().readAllBytes();
    Listening.text(exchange, "hello");
  }

  @Test
  void headers_that_do_not_come_end_the_connection() throws Exception {
    try (Listener listener =
            Listening.within(limits(SHORT, LONG, LONG, LONG), SlowClientsTest::hello);
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("GET / HTTP/1.1|Ho").closed()).isTrue();
    }
  }

  @Test
  void headers_that_drip_end_the_connection() throws Exception {
    try (Listener listener =
            Listening.within(limits(SHORT, LONG, LONG, LONG), SlowClientsTest::hello);
        Wire wire = new Wire(listener)) {
      wire.send("GET / HTTP/1.1|X-Long: ");
      assertThat(dripUntilCutOff(wire, ".")).isLessThan(16 * 1024);
    }
  }

  private static int dripUntilCutOff(Wire wire, String drip) {
    for (int sent = 0; sent < 1000; sent++) {
      try {
        wire.send(drip);
        pause();
      } catch (IOException cutOff) {
        return sent;
      }
    }
    throw new AssertionError("still connected");
  }

  /** The time between two drips. */
  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(20));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void body_that_rests_ends_the_request() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (Listener listener = Listening.within(limits(LONG, SHORT, LONG, LONG), reading(failure));
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("POST / HTTP/1.1|Host: a|Content-Length: 9||some").closed()).isTrue();
      assertThat(failure.get()).isInstanceOf(ClientGoneException.class);
    }
  }

  @Test
  void body_that_drips_ends_the_request() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (Listener listener = Listening.within(limits(LONG, SHORT, LONG, LONG), reading(failure));
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: 100000||");
      assertThat(dripUntilCutOff(wire, ".")).isLessThan(1000);
      assertThat(failure.get()).hasRootCauseInstanceOf(java.net.SocketTimeoutException.class);
      assertThat(failure.get().getCause()).hasMessageEndingWith(" bytes in PT0.3S");
    }
  }

  /**
   * Five times as long as a rest may be, in pieces that are each far too small for one, and twenty
   * times as fast as it must be: a machine that rests is not taken for the client.
   */
  @Test
  void body_that_is_slow_but_comes_is_read_to_its_end() throws Exception {
    Duration rest = Duration.ofSeconds(1);
    try (Listener listener =
            Listening.within(limits(LONG, rest, LONG, LONG), SlowClientsTest::hello);
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: 100000||");
      long begin = System.nanoTime();
      for (int sent = 0; sent < 100_000; sent += 400) {
        wire.send(".".repeat(400));
        pause();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(rest.multipliedBy(4));
      assertThat(wire.answer()).endsWith("hello");
    }
  }

  @Test
  void body_that_is_needed_at_once_has_its_time() throws Exception {
    CompletableFuture<String> failure = new CompletableFuture<>();
    Handler handler =
        exchange -> {
          try {
            exchange.bodyBytes(100_000, SHORT);
          } catch (LateBody e) {
            failure.complete(e.getMessage());
            exchange.send(408, "text/plain", new byte[0]);
          }
        };
    try (Listener listener = Listening.within(limits(LONG, LONG, LONG, LONG), handler);
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: 100000||");
      dripUntilCutOff(wire, "....");
      assertThat(failure.get()).isEqualTo("The body took longer than 0.3 seconds");
    }
  }

  /** Who drips is told from who sends, and ended by another thread. */
  @Test
  void body_tells_how_it_comes_and_ends_when_hung_up() throws Exception {
    CompletableFuture<Exchange> begun = new CompletableFuture<>();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Handler handler =
        exchange -> {
          exchange.bodyBytes(4, LONG);
          begun.complete(exchange);
          try {
            exchange.bodyBytes(100_000, LONG);
          } catch (ClientGoneException e) {
            failure.complete(e);
            throw e;
          }
        };
    try (Listener listener = Listening.within(limits(LONG, LONG, LONG, LONG), handler);
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: 100000||some");
      Exchange exchange = begun.get();
      Taking.SoFar before = exchange.coming().soFar();
      assertThat(before.bytes()).isEqualTo(4);
      while (exchange.coming().soFar().equals(before)) {
        assertThat(Thread.interrupted()).isFalse();
        Thread.onSpinWait();
      }
      exchange.hangUp();
      assertThat(failure.get()).isInstanceOf(ClientGoneException.class);
    }
  }

  private static Handler reading(CompletableFuture<Throwable> failure) {
    return exchange -> {
      try {
        exchange.body().readAllBytes();
      } catch (ClientGoneException e) {
        failure.complete(e);
        throw e;
      }
    };
  }

  @Test
  void answer_that_is_not_taken_ends_the_request() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Handler handler =
        exchange -> {
          ByteBuffer block = ByteBuffer.allocateDirect(1 << 16);
          try {
            while (true) {
              exchange.write(block.clear());
            }
          } catch (ClientGoneException e) {
            failure.complete(e);
            throw e;
          }
        };
    try (Listener listener = Listening.within(limits(LONG, LONG, SHORT, LONG), handler);
        Wire wire = new Wire(listener)) {
      wire.send("GET / HTTP/1.1|Host: a||");
      assertThat(failure.get()).isInstanceOf(ClientGoneException.class);
    }
  }

  @Test
  void kept_connection_without_a_request_ends() throws Exception {
    try (Listener listener =
            Listening.within(limits(LONG, LONG, LONG, SHORT), SlowClientsTest::hello);
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("GET / HTTP/1.1|Host: a||").answer()).endsWith("hello");
      assertThat(wire.closed()).isTrue();
    }
  }
}
