package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener that stops while requests run. */
@Timeout(60)
class StoppingTest {
  private static final String GET = "GET / HTTP/1.1|Host: a||";
  private static final Duration LONG = Duration.ofSeconds(50);

  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private void slowly(Exchange exchange) throws IOException {
    if (exchange.path().equals("/slow")) {
      running.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    Listening.text(exchange, "done");
  }

  private static CompletableFuture<Boolean> stop(Listener listener, Duration grace) {
    return CompletableFuture.supplyAsync(() -> listener.stop(grace));
  }

  private static void awaitStopping(Listener listener) {
    await()
        .untilAsserted(() -> {
          try (Wire probe = new Wire(listener)) {
            assertThat(probe.send(GET).head()).startsWith("HTTP/1.1 503");
          }
        });
  }

  @Test
  void running_request_ends_and_new_ones_are_told_to_come_back() throws Exception {
    try (Listener listener = Listening.to(this::slowly);
        Wire slow = new Wire(listener);
        Wire kept = new Wire(listener)) {
      assertThat(kept.send(GET).answer()).endsWith("done");
      slow.send("GET /slow HTTP/1.1|Host: a||");
      running.await();
      CompletableFuture<Boolean> stopped = stop(listener, LONG);
      awaitStopping(listener);
      assertThat(kept.send(GET).answer())
          .startsWith("HTTP/1.1 503")
          .contains("Retry-After: 5", "Connection: close")
          .endsWith("Error 503\n");
      assertThat(stopped).isNotDone();
      release.countDown();
      assertThat(slow.answer()).startsWith("HTTP/1.1 200").endsWith("done");
      assertThat(stopped.get()).isTrue();
      assertThatThrownBy(() -> new Wire(listener)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void new_upload_is_read_before_it_is_told_to_come_back() throws Exception {
    try (Listener listener = Listening.to(this::slowly);
        Wire slow = new Wire(listener);
        Wire upload = new Wire(listener)) {
      slow.send("GET /slow HTTP/1.1|Host: a||");
      running.await();
      CompletableFuture<Boolean> stopped = stop(listener, LONG);
      awaitStopping(listener);
      upload.send("POST / HTTP/1.1|Host: a|Content-Length: 6000000||").send(new byte[6_000_000]);
      assertThat(upload.answer()).startsWith("HTTP/1.1 503");
      release.countDown();
      assertThat(stopped.get()).isTrue();
    }
  }

  @Test
  void request_that_does_not_end_is_cut_off() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (Listener listener =
            Listening.to(exchange -> {
              exchange.header("Content-Length", "100");
              exchange.output().write("begun".getBytes(UTF_8));
              exchange.flush();
              try {
                exchange.body().readAllBytes();
              } catch (ClientGoneException e) {
                failure.complete(e);
                throw e;
              }
            });
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: 10||some");
      assertThat(wire.head()).startsWith("HTTP/1.1 200");
      assertThat(listener.stop(Duration.ZERO)).isFalse();
      assertThat(failure).isCompleted();
      assertThat(wire.rest()).hasSizeLessThan(100);
    }
  }

  @Test
  void second_call_says_the_same() throws Exception {
    Listener listener = Listening.to(this::slowly);
    assertThat(listener.stop(LONG)).isTrue();
    assertThat(listener.stop(Duration.ZERO)).isTrue();
    listener.close();
  }

  /**
   * A request that is still arriving is cut off: told to come back, taken for half a request, or
   * silently.
   */
  @Test
  void idle_connections_do_not_delay_it() throws Exception {
    Listener listener = Listening.to(this::slowly);
    try (Wire idle = new Wire(listener);
        Wire half = new Wire(listener)) {
      assertThat(idle.send(GET).answer()).endsWith("done");
      half.send("GET / HTTP/1.1|Ho");
      assertThat(listener.stop(LONG)).isTrue();
      assertThat(idle.closed()).isTrue();
      assertThat(new String(half.rest(), UTF_8)).matches("(?s)|HTTP/1\\.1 (400|503) .*");
    }
  }

  @Test
  void port_is_free_afterwards() throws Exception {
    Listener first = Listening.to(this::slowly);
    int port = first.port();
    first.close();
    var same = new java.net.InetSocketAddress(Listening.ANY_PORT.getAddress(), port);
    try (Listener second =
            Listener.start(Listening.plain(same), this::slowly, Listening.fallback());
        Wire wire = new Wire(second)) {
      assertThat(wire.send(GET).answer()).endsWith("done");
    }
  }
}
