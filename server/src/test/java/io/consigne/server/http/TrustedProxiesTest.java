package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a proxy speaks for. */
class TrustedProxiesTest {
  private static final List<Cidr> BLOCKS =
      Stream.of("127.0.0.0/8", "192.0.2.0/24", "2001:db8::/32").map(Cidr::parse).toList();

  private static boolean trusted(InetAddress address) {
    return BLOCKS.stream().anyMatch(block -> block.contains(address));
  }

  private static String client(Forwarding forwarding, String headers) throws Exception {
    try (Listener listener =
            Listening.behind(
                forwarding,
                exchange -> Listening.text(exchange, exchange.clientAddress().getHostAddress()));
        Wire wire = new Wire(listener)) {
      String answer = wire.send("GET / HTTP/1.1|Host: a|" + headers + "|").answer();
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "203.0.113.9 > 203.0.113.9",
        "198.51.100.1, 203.0.113.9 > 203.0.113.9",
        "198.51.100.1, 203.0.113.9, 192.0.2.4 > 203.0.113.9",
        "198.51.100.1, 203.0.113.9, 2001:db8::7, 192.0.2.4 > 203.0.113.9",
        "203.0.113.9:4711 > 203.0.113.9",
        "[2a00::1]:4711 > 2a00:0:0:0:0:0:0:1",
        "2a00::1 > 2a00:0:0:0:0:0:0:1",
        "192.0.2.4, 192.0.2.5 > 192.0.2.4",
        "203.0.113.9, unknown > 127.0.0.1",
        "203.0.113.9, unknown, 192.0.2.4 > 192.0.2.4",
        "example.org > 127.0.0.1",
        "::ffff:203.0.113.9 > 203.0.113.9"
      })
  void rightmost_address_that_is_no_proxy_counts(String chain, String client) throws Exception {
    Forwarding forwarding = new Forwarding(null, TrustedProxiesTest::trusted);
    assertThat(client(forwarding, "X-Forwarded-For: " + chain + "|")).isEqualTo(client);
  }

  @Test
  void several_headers_are_one_chain() throws Exception {
    assertThat(
            client(
                new Forwarding(null, TrustedProxiesTest::trusted),
                "X-Forwarded-For: 198.51.100.1|X-Forwarded-For: 203.0.113.9|"))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void header_from_anybody_else_is_ignored() throws Exception {
    assertThat(client(Forwarding.none(), "X-Forwarded-For: 203.0.113.9|")).isEqualTo("127.0.0.1");
  }

  @Test
  void proxy_that_adds_nothing_asks_for_itself() throws Exception {
    assertThat(client(new Forwarding(null, TrustedProxiesTest::trusted), ""))
        .isEqualTo("127.0.0.1");
  }
}
