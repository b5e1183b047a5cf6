package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two readers could take for different ones. */
@Timeout(60)
class SmugglingTest {
  private final List<String> handled = new CopyOnWriteArrayList<>();

  private Listener listen() throws Exception {
    return Listening.to(exchange -> {
      handled.add(exchange.path() + " " + new String(exchange.body().readAllBytes(), UTF_8));
      Listening.text(exchange, "handled");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4|Content-Length: 5|",
        "Content-Length: 4, 4|",
        "Content-Length: +4|",
        "Content-Length: -4|",
        "Content-Length: 4x|",
        "Content-Length : 4|",
        "Transfer-Encoding: chunked, identity|",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked|",
        "Transfer-Encoding : chunked|",
        "X-A: b\u0000c|",
        "X A: b|",
        "Host: b|"
      })
  void request_of_two_meanings_is_refused(String headers) throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|" + headers + "|0||GET /smuggled HTTP/1.1|Host: a||");
      assertThat(wire.head()).startsWith("HTTP/1.1 400");
      wire.rest();
      assertThat(handled).isEmpty();
    }
  }

  @Test
  void unknown_coding_is_refused() throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|Transfer-Encoding: xchunked||0||");
      assertThat(wire.head()).startsWith("HTTP/1.1 501");
      assertThat(handled).isEmpty();
    }
  }

  /** RFC 9112, 6.1: the chunks count, and the connection ends. */
  @Test
  void length_beside_chunks_is_ignored_and_nothing_after_it_is_read() throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|Content-Length: 40|Transfer-Encoding: chunked||")
          .send("0||GET /smuggled HTTP/1.1|Host: a||");
      assertThat(wire.answer()).startsWith("HTTP/1.1 200").contains("Connection: close");
      assertThat(wire.closed()).isTrue();
      assertThat(handled).containsExactly("/a ");
    }
  }

  @Test
  void request_without_a_host_is_refused() throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("GET / HTTP/1.1||").head()).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void pipelined_requests_are_answered_in_their_order() throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send("POST /1 HTTP/1.1|Host: a|Content-Length: 2||abPOST /2 HTTP/1.1|Host: a|")
          .send("Transfer-Encoding: chunked||1|c|0||GET /3 HTTP/1.1|Host: a||");
      for (int i = 0; i < 3; i++) {
        assertThat(wire.answer()).startsWith("HTTP/1.1 200");
      }
      assertThat(handled).containsExactly("/1 ab", "/2 c", "/3 ");
    }
  }
}
