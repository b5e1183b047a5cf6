package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Clients that ask before they send their body. */
class Continue100Test {
  private static final String UPLOAD =
      "POST /upload HTTP/1.1|Host: a|Content-Length: 5|Expect: 100-continue||";

  @Test
  void waiting_client_is_told_to_send_when_the_body_is_read() throws Exception {
    try (Listener listener =
            Listening.to(exchange ->
                Listening.text(exchange, new String(exchange.body().readAllBytes(), UTF_8)));
        Wire wire = new Wire(listener)) {
      assertThat(wire.send(UPLOAD).head()).isEqualTo("HTTP/1.1 100");
      assertThat(wire.send("hello").answer()).startsWith("HTTP/1.1 200").endsWith("hello");
      assertThat(wire.send("GET / HTTP/1.1|Host: a||").answer()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void refusal_comes_instead_of_it_and_nothing_is_drained() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              exchange.drain(Long.MAX_VALUE);
              exchange.send(401, "text/plain", "no".getBytes(UTF_8));
            });
        Wire wire = new Wire(listener)) {
      assertThat(wire.send(UPLOAD).answer())
          .startsWith("HTTP/1.1 401")
          .contains("Connection: close")
          .endsWith("no");
      assertThat(wire.closed()).isTrue();
    }
  }

  @Test
  void other_expectation_is_refused() throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "handled"));
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("POST / HTTP/1.1|Host: a|Expect: more|Content-Length: 0||").head())
          .startsWith("HTTP/1.1 417");
    }
  }
}
