package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener makes of requests, and how it answers them. */
class RequestsTest {
  @Test
  void request_reaches_handler_with_everything_it_carries() throws Exception {
    try (Listener listener = Listening.to(RequestsTest::describe);
        Wire wire = new Wire(listener)) {
      wire.send(
              "POST /v1/%C3%A9t%C3%A9.cgi?links[]=a&x=%20b HTTP/1.1|Host: Files.Example.org:8080|")
          .send("Authorization: Bearer csg_1|Content-Length: 5||hello");
      assertThat(wire.answer())
          .startsWith("HTTP/1.1 200 \r\n")
          .endsWith(
              "POST /v1/été.cgi ? links[]=a&x=%20b @ http://files.example.org:8080 by csg_1"
                      .transform(RequestsTest::asLatin1)
                  + " from 127.0.0.1 5: hello virtual=true");
    }
  }

  private static String asLatin1(String text) {
    return new String(text.getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static void describe(Exchange exchange) throws IOException {
    Listening.text(
        exchange,
        "%s %s ? %s @ %s by %s from %s %d: %s virtual=%s"
            .formatted(
                exchange.method(),
                exchange.path(),
                exchange.query(),
                exchange.origin().url(),
                exchange.bearer().orElse("-"),
                exchange.clientAddress().getHostAddress(),
                exchange.contentLength(),
                new String(exchange.body().readAllBytes(), UTF_8),
                Thread.currentThread().isVirtual()));
  }

  @Test
  void answer_names_no_product_and_keeps_the_connection() throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "hello"));
        Wire wire = new Wire(listener)) {
      for (int i = 0; i < 300; i++) {
        String answer = wire.send("GET / HTTP/1.1|Host: a||").answer();
        assertThat(answer)
            .containsSubsequence("Content-Type: text/plain;charset=utf-8", "Content-Length: 5")
            .endsWith("hello")
            .doesNotContainIgnoringCase("Server:")
            .doesNotContainIgnoringCase("Connection: close")
            .doesNotContainIgnoringCase("tomcat");
      }
    }
  }

  @Test
  void head_is_answered_without_the_body() throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "hello"));
        Wire wire = new Wire(listener)) {
      String head = wire.send("HEAD / HTTP/1.1|Host: a||").head();
      assertThat(head).contains("Content-Length: 5");
      assertThat(wire.send("GET / HTTP/1.1|Host: a||").answer()).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /a%2Fb HTTP/1.1",
        "GET /a%5Cb HTTP/1.1",
        "GET /a%00b HTTP/1.1",
        "GET /a%0Ab HTTP/1.1",
        "GET /a/../b HTTP/1.1",
        "GET /a/%2e%2e/b HTTP/1.1",
        "GET /a/./b HTTP/1.1",
        "GET /a%zzb HTTP/1.1",
        "GET /a%f HTTP/1.1",
        "GET /a%FFb HTTP/1.1",
        "GET * HTTP/1.1",
        "GET a HTTP/1.1",
      })
  void path_that_is_no_path_is_refused(String line) throws Exception {
    Set<String> handled = ConcurrentHashMap.newKeySet();
    try (Listener listener = Listening.to(exchange -> handled.add(exchange.path()));
        Wire wire = new Wire(listener)) {
      assertThat(wire.send(line + "|Host: a||").head()).startsWith("HTTP/1.1 400");
      assertThat(handled).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a;b=c/d, /a;b=c/d",
    "/a%20b, '/a b'",
    "/a+b, /a+b",
    "/a%252Fb, /a%2Fb",
    "//a//b/, //a//b/",
    "/..a/b.., /..a/b.."
  })
  void path_is_decoded_once_and_otherwise_left_alone(String raw, String path) throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, exchange.path()));
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("GET " + raw + " HTTP/1.1|Host: a||").answer())
          .endsWith("\r\n\r\n" + path);
    }
  }

  @ParameterizedTest
  @CsvSource({"TRACE, 405", "CONNECT, 501"})
  void method_that_is_never_offered_is_refused(String method, int status) throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "handled"));
        Wire wire = new Wire(listener)) {
      String target = method.equals("CONNECT") ? "a:80" : "/";
      assertThat(wire.send(method + " " + target + " HTTP/1.1|Host: a||").head())
          .startsWith("HTTP/1.1 " + status);
    }
  }

  /** Else it would be taken for what it says when it is unpacked. */
  @ParameterizedTest
  @CsvSource({"gzip, 415", "deflate, 415", "'gzip, identity', 415", "identity, 200", "'', 200"})
  void body_in_a_coding_is_refused(String coding, int status) throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "handled"));
        Wire wire = new Wire(listener)) {
      String head = "POST / HTTP/1.1|Host: a|Content-Length: 2|Content-Encoding: " + coding + "||";
      assertThat(wire.send(head + "{}").head()).startsWith("HTTP/1.1 " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "a<b", "a:b", "a:99999", "a:0", "[::1", "a@b", "a,b"})
  void host_that_is_no_host_is_refused(String host) throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "handled"));
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("GET / HTTP/1.1|Host: " + host + "||").head())
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void credentials_are_read_and_never_shown() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              String text =
                  exchange
                      .basic()
                      .map(it -> it.user() + "/" + it.password() + "/" + it)
                      .orElse("none");
              Listening.text(exchange, text);
            });
        Wire wire = new Wire(listener)) {
      assertThat(basic(wire, "Basic YWxpY2U6czplY3JldA=="))
          .endsWith("\r\n\r\nalice/s:ecret/Credentials[user=alice, password=***]");
      assertThat(basic(wire, "basic bm9jb2xvbg==")).endsWith("\r\n\r\nnone");
      assertThat(basic(wire, "Basic ?!")).endsWith("\r\n\r\nnone");
      assertThat(basic(wire, "Bearer YWxpY2U6czplY3JldA==")).endsWith("\r\n\r\nnone");
    }
  }

  private static String basic(Wire wire, String value) throws IOException {
    return wire.send("GET / HTTP/1.1|Host: a|Authorization: " + value + "||").answer();
  }

  @Test
  void header_with_a_line_break_is_a_mistake_of_the_handler() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              assertThatThrownBy(() -> exchange.header("X-A", "b\r\nX-C: d"))
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessage("line break in header X-A");
              Listening.text(exchange, "refused");
            });
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("GET / HTTP/1.1|Host: a||").answer()).endsWith("refused");
    }
  }

  @Test
  void failure_of_the_handler_is_answered_without_a_word_about_it() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              exchange.header("X-Half", "done");
              exchange.output().write(new byte[100]);
              throw new IllegalStateException("secret detail");
            });
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("GET / HTTP/1.1|Host: a||").answer())
          .startsWith("HTTP/1.1 500 ")
          .endsWith("\r\n\r\nError 500\n")
          .doesNotContain("X-Half")
          .doesNotContain("secret");
    }
  }

  @Test
  void port_that_is_taken_is_named() throws Exception {
    try (Listener first = Listening.to(exchange -> {})) {
      InetSocketAddress taken =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());
      assertThatThrownBy(
              () -> Listener.start(Listening.plain(taken), exchange -> {}, Listening.fallback()))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "Cannot listen on 127.0.0.1:" + first.port() + ": another program listens there");
    }
  }

  @Test
  void nothing_is_written_in_the_working_directory() throws Exception {
    List<Path> before = list(Path.of(""));
    List<Path> temporary = list(Path.of(System.getProperty("java.io.tmpdir")));
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "hello"));
        Wire wire = new Wire(listener)) {
      wire.send("GET / HTTP/1.1|Host: a||").answer();
      assertThat(list(Path.of(""))).isEqualTo(before);
      assertThat(list(Path.of(System.getProperty("java.io.tmpdir"))))
          .filteredOn(path -> !temporary.contains(path) && path.toString().contains("tomcat"))
          .isEmpty();
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  @Test
  void large_answer_arrives_whole() throws Exception {
    long size = 300L << 20;
    try (Listener listener = Listening.to(exchange -> sendZeros(exchange, size));
        Wire wire = new Wire(listener)) {
      assertThat(wire.send("GET / HTTP/1.1|Host: a||").head()).contains("Content-Length: " + size);
      long count = 0;
      byte[] buffer = new byte[1 << 16];
      while (count < size) {
        int read = wire.in().read(buffer);
        assertThat(read).isPositive();
        count += read;
      }
      assertThat(wire.send("HEAD / HTTP/1.1|Host: a||").head()).startsWith("HTTP/1.1 200");
    }
  }

  private static void sendZeros(Exchange exchange, long size) throws IOException {
    exchange.header("Content-Length", Long.toString(size));
    ByteBuffer block = ByteBuffer.allocateDirect(1 << 16);
    for (long sent = 0; sent < size; sent += block.capacity()) {
      exchange.write(block.clear());
    }
  }

  @Test
  void five_hundred_idle_connections_leave_room_for_one_more() throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "hello"))) {
      List<Wire> idle = new java.util.ArrayList<>();
      try {
        for (int i = 0; i < 500; i++) {
          Wire wire = new Wire(listener);
          idle.add(wire);
          wire.send("GET / HTTP/1.1|");
        }
        try (Wire wire = new Wire(listener)) {
          assertThat(wire.send("GET / HTTP/1.1|Host: a||").answer()).endsWith("hello");
        }
        assertThat(idle.get(499).send("Host: a||").answer()).endsWith("hello");
      } finally {
        for (Wire wire : idle) {
          wire.close();
        }
      }
    }
  }
}
