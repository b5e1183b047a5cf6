package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to requests of which the host did not read everything. */
@Timeout(60)
class UnreadBodiesTest {
  private static Listener listen(Duration idleRead) throws IOException {
    HttpLimits d = HttpLimits.DEFAULTS;
    return Listening.within(
        new HttpLimits(
            d.head(),
            new HttpLimits.Body(idleRead, d.body().slowestBytes(), d.body().drain()),
            d.idleWrite(),
            d.keepAlive(),
            d.connections()),
        exchange -> Listening.text(exchange, "early " + exchange.path()));
  }

  /** The answer could be lost when the connection was reset under what the client still sent. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100_000, 3 << 20, 15 << 20})
  void answer_before_the_body_arrives_and_the_connection_goes_on(int size) throws Exception {
    try (Listener listener = listen(Duration.ofSeconds(30));
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|Content-Length: " + size + "||").send(new byte[size]);
      assertThat(wire.answer()).startsWith("HTTP/1.1 200").endsWith("early /a");
      assertThat(wire.send("GET /b HTTP/1.1|Host: a||").answer()).endsWith("early /b");
    }
  }

  @Test
  void answer_before_chunks_arrives_and_the_connection_goes_on() throws Exception {
    try (Listener listener = listen(Duration.ofSeconds(30));
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|Transfer-Encoding: chunked||");
      assertThat(wire.answer()).endsWith("early /a");
      wire.send("5|hello|0||GET /b HTTP/1.1|Host: a||");
      assertThat(wire.answer()).endsWith("early /b");
    }
  }

  @Test
  void body_that_is_too_large_to_pass_over_ends_the_connection() throws Exception {
    try (Listener listener = listen(Duration.ofSeconds(30));
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|Content-Length: " + (1L << 40) + "||");
      assertThat(wire.answer()).endsWith("early /a");
      try {
        for (int i = 0; i < 1000; i++) {
          wire.send(new byte[1 << 16]);
        }
        throw new AssertionError("everything was taken");
      } catch (IOException cutOff) {
        assertThat(cutOff).hasMessageMatching("(?i).*(reset|broken pipe|aborted).*");
      }
    }
  }

  /** Such a client kept its connection as long as it pleased. */
  @Test
  void body_that_drips_behind_its_answer_ends_the_connection() throws Exception {
    try (Listener listener = listen(Duration.ofMillis(300));
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|Content-Length: 1000000||");
      assertThat(wire.answer()).endsWith("early /a");
      long begin = System.nanoTime();
      try {
        while (System.nanoTime() - begin < Duration.ofSeconds(30).toNanos()) {
          wire.send(".");
          Thread.sleep(20);
        }
        throw new AssertionError("still connected");
      } catch (IOException cutOff) {
        assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(20).toNanos());
      }
    }
  }
}
