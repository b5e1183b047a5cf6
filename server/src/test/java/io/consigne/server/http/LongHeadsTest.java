package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Request lines and headers beyond the limits. All were answered with 400. */
@Timeout(60)
class LongHeadsTest {
  private static final int LIMIT = HttpLimits.DEFAULTS.head().bytes();
  private static final int HEADERS = HttpLimits.DEFAULTS.head().headers();

  private static void assertAnswered(String request, String status) throws Exception {
    try (Listener listener = Listening.to(exchange -> Listening.text(exchange, "hello"));
        Wire wire = new Wire(listener)) {
      assertThat(wire.send(request).head()).startsWith("HTTP/1.1 " + status);
      wire.send("GET / HTTP/1.1|Host: a||");
      assertThat(wire.rest()).asString().doesNotContain("hello");
    }
  }

  @Test
  void address_that_is_too_long() throws Exception {
    assertAnswered("GET /" + "x".repeat(LIMIT) + " HTTP/1.1|Host: a||", "414");
    assertAnswered("GET /?" + "x".repeat(LIMIT) + " HTTP/1.1|Host: a||", "414");
  }

  @Test
  void header_that_is_too_long() throws Exception {
    assertAnswered("GET / HTTP/1.1|Host: a|X: " + "x".repeat(LIMIT) + "||", "431");
  }

  @Test
  void headers_that_are_too_long_together() throws Exception {
    String half = ": " + "x".repeat(LIMIT / 2) + "|";
    assertAnswered("GET / HTTP/1.1|Host: a|X" + half + "Y" + half + "|", "431");
  }

  @Test
  void too_many_headers() throws Exception {
    assertAnswered("GET / HTTP/1.1|Host: a|" + "X: y|".repeat(HEADERS) + "|", "431");
  }

  /** What lies behind it is not of its head. */
  @Test
  void malformed_request_before_a_long_body() throws Exception {
    String body = "x".repeat(2 * LIMIT);
    assertAnswered("POST / HTTP/1.1|Host: a|X : y||" + body, "400");
    assertAnswered("POST / HTTP/1.1|Host: a|Content-Length: x||" + body, "400");
  }
}
