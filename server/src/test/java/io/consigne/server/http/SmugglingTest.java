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
        "Content-Length:| 4|",
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

  /** The request behind the broken chunks may be somebody else's idea of one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "5;a\nhello|0||",
        "5\nhello\n0\n\n",
        "-5|hello|0||",
        "+5|hello|0||",
        "0x5|hello|0||",
        "5 |hello|0||",
        " 5|hello|0||",
        "10000000000000005|hello|0||",
        "5|helloXX0||",
        "5|hello0||",
        "|5|hello|0||",
        "5|hello|0|X y: z||",
        "5|hello|0|X: \u0000||",
        "5\rhello|0||",
      })
  void chunks_that_are_not_as_they_must_be_are_refused(String chunks) throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|Transfer-Encoding: chunked||")
          .send(chunks + "GET /smuggled HTTP/1.1|Host: a||");
      assertThat(wire.head()).startsWith("HTTP/1.1 400").contains("Connection: close");
      wire.rest();
      assertThat(handled).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5;%s|hello|0||", "5|hello|0|X: %s||"})
  void chunks_with_much_beside_them_are_refused(String chunks) throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|Transfer-Encoding: chunked||")
          .send(chunks.formatted("x".repeat(20_000)) + "GET /smuggled HTTP/1.1|Host: a||");
      assertThat(wire.head()).startsWith("HTTP/1.1 400").contains("Connection: close");
      wire.rest();
      assertThat(handled).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked||5;name=value|hello|0||",
        "Transfer-Encoding: chunked||05|hello|000||",
        "Transfer-Encoding: chunked||5|hello|0|Content-Length: 100|Host: b||",
        "Transfer-Encoding:\tchunked ||5|hello|0||",
        "Transfer-Encoding:| Chunked||5|hello|0||",
        "X-A: b| Content-Length: 9|Content-Length: 5||hello",
        "X-A: b\nContent-Length: 5||hello",
      })
  void request_in_an_odd_spelling_ends_where_it_says(String rest) throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send("POST /a HTTP/1.1|Host: a|" + rest + "GET /next HTTP/1.1|Host: a||");
      assertThat(wire.answer()).startsWith("HTTP/1.1 200");
      assertThat(wire.answer()).startsWith("HTTP/1.1 200");
      assertThat(handled).containsExactly("/a hello", "/next ");
    }
  }

  /** What follows a refused request on its connection is either its body or a request. */
  @Test
  void body_of_a_refused_request_is_never_a_request() throws Exception {
    String body = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    Handler refusing =
        exchange -> {
          handled.add(exchange.path());
          exchange.send(403, "text/plain", new byte[0]);
        };
    try (Listener listener = Listening.to(refusing);
        Wire wire = new Wire(listener)) {
      for (String expect : List.of("", "Expect: 100-continue|")) {
        wire.send("POST /a HTTP/1.1|Host: a|" + expect + "Content-Length: " + body.length() + "||")
            .send(body.getBytes(UTF_8));
        assertThat(wire.answer()).startsWith("HTTP/1.1 403");
      }
      assertThat(wire.closed()).isTrue();
      assertThat(handled).containsExactly("/a", "/a");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G<T / HTTP/1.1|Host: a||",
        "GET /\u0000 HTTP/1.1|Host: a||",
        "GET /\u00e9 HTTP/1.1|Host: a||",
        "GET /?\u00e9 HTTP/1.1|Host: a||",
        "GET /?<\"> HTTP/1.1|Host: a||",
        "GET http://b/ HTTP/1.1|Host: a||",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003|",
      })
  void line_that_is_no_request_is_refused_without_a_trace_in_the_log(String line) throws Exception {
    try (LogCapture log = new LogCapture();
        Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send(line + "GET /smuggled HTTP/1.1|Host: a||");
      assertThat(wire.head()).startsWith("HTTP/1.1 400").contains("Connection: close");
      wire.rest();
      assertThat(handled).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /|", "GET / HTTP/1.2|Host: a||", "GET / HTTP/2.0|Host: a||"})
  void other_versions_are_refused(String request) throws Exception {
    try (Listener listener = listen();
        Wire wire = new Wire(listener)) {
      wire.send(request);
      assertThat(new String(wire.rest(), UTF_8)).contains("505");
      assertThat(handled).isEmpty();
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
