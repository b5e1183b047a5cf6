package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Refused uploads, whose clients take no answer before they have sent everything. */
@Timeout(60)
class DrainingTest {
  private static final int SIZE = 8 << 20;

  private static Handler refusing(long limitBytes) {
    return exchange -> {
      if (exchange.method().equals("GET")) {
        Listening.text(exchange, "next");
        return;
      }
      exchange.drain(limitBytes);
      exchange.send(403, "text/plain", "refused".getBytes(UTF_8));
    };
  }

  @Test
  void body_within_the_limit_is_read_before_the_answer() throws Exception {
    try (Listener listener = Listening.to(refusing(SIZE));
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: " + SIZE + "||").send(new byte[SIZE]);
      assertThat(wire.answer())
          .startsWith("HTTP/1.1 403")
          .endsWith("refused")
          .doesNotContain("Connection: close");
      assertThat(wire.send("GET / HTTP/1.1|Host: a||").answer()).endsWith("next");
    }
  }

  @Test
  void chunked_body_within_the_limit_is_read_before_the_answer() throws Exception {
    try (Listener listener = Listening.to(refusing(5));
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||5|hello|0||");
      assertThat(wire.answer()).endsWith("refused").doesNotContain("Connection: close");
      assertThat(wire.send("GET / HTTP/1.1|Host: a||").answer()).endsWith("next");
    }
  }

  @Test
  void answer_does_not_come_while_the_body_is_on_its_way() throws Exception {
    CompletableFuture<Boolean> drained = new CompletableFuture<>();
    try (Listener listener =
            Listening.to(exchange -> {
              exchange.drain(10);
              drained.complete(true);
              exchange.send(403, "text/plain", new byte[0]);
            });
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: 10||01234");
      assertThat(drained).isNotDone();
      wire.send("56789");
      assertThat(wire.answer()).startsWith("HTTP/1.1 403");
      assertThat(drained).isCompleted();
    }
  }

  @Test
  void body_past_the_limit_is_cut_off_after_the_answer() throws Exception {
    try (Listener listener = Listening.to(refusing(1000));
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: " + SIZE + "||").send(new byte[2000]);
      assertThat(wire.answer())
          .startsWith("HTTP/1.1 403")
          .endsWith("refused")
          .contains("Connection: close");
      sendUntilCutOff(wire);
    }
  }

  private static void sendUntilCutOff(Wire wire) {
    try {
      for (long sent = 0; sent < 2L * SIZE; sent += 1 << 16) {
        wire.send(new byte[1 << 16]);
      }
    } catch (IOException cutOff) {
      assertThat(cutOff).hasMessageMatching("(?i).*(reset|broken pipe|aborted).*");
      return;
    }
    throw new AssertionError("everything was taken");
  }

  @Test
  void drip_ends_with_the_time_for_it() throws Exception {
    HttpLimits d = HttpLimits.DEFAULTS;
    HttpLimits limits =
        new HttpLimits(
            d.head(),
            new HttpLimits.Body(d.body().idle(), d.body().slowestBytes(), Duration.ofMillis(300)),
            d.idleWrite(),
            d.keepAlive(),
            d.connections());
    CompletableFuture<Long> took = new CompletableFuture<>();
    Handler handler =
        exchange -> {
          long begin = System.nanoTime();
          exchange.drain(SIZE);
          took.complete(System.nanoTime() - begin);
          exchange.send(403, "text/plain", new byte[0]);
        };
    try (Listener listener = Listening.within(limits, handler);
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: " + SIZE + "||");
      while (!took.isDone()) {
        assertThat(Thread.interrupted()).isFalse();
        wire.send(".");
        Thread.onSpinWait();
      }
      assertThat(wire.head()).startsWith("HTTP/1.1 403").contains("Connection: close");
    }
  }

  @Test
  void body_is_read_before_a_failure_is_answered() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              throw new IllegalStateException("broken");
            });
        Wire wire = new Wire(listener)) {
      wire.send("POST / HTTP/1.1|Host: a|Content-Length: " + SIZE + "||").send(new byte[SIZE]);
      assertThat(wire.answer()).startsWith("HTTP/1.1 500").endsWith("Error 500\n");
    }
  }

  @Test
  void client_that_goes_away_ends_it() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (Listener listener =
        Listening.to(exchange -> {
          try {
            exchange.drain(SIZE);
          } catch (ClientGoneException e) {
            failure.complete(e);
            throw e;
          }
        })) {
      try (Wire wire = new Wire(listener)) {
        wire.send("POST / HTTP/1.1|Host: a|Content-Length: " + SIZE + "||some");
      }
      assertThat(failure.get()).hasMessage("The client went away while sending its request");
    }
  }
}
