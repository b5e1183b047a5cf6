package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before the path in the URLs that the host hands out. */
class OriginOfRequestTest {
  private static final Forwarding PROXY = new Forwarding(null, address -> true);

  private static String answer(Forwarding forwarding, String request) throws Exception {
    try (Listener listener =
            Listening.behind(
                forwarding, exchange -> Listening.text(exchange, exchange.origin().url()));
        Wire wire = new Wire(listener)) {
      String answer = wire.send(request).answer().replace(":" + listener.port(), ":PORT");
      return answer.startsWith("HTTP/1.1 200")
          ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
          : answer.substring(9, 12);
    }
  }

  private static String hosts(Forwarding forwarding, String headers) throws Exception {
    try (Listener listener =
            Listening.behind(
                forwarding,
                exchange -> Listening.text(exchange, String.join(" ", exchange.hosts())));
        Wire wire = new Wire(listener)) {
      String answer = wire.send(get(headers)).answer();
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  @Test
  void hosts_are_all_that_the_client_may_know() throws Exception {
    String headers = "Host: Direct.example:8080|X-Forwarded-Host: proxied.example|";
    Origin url = Origin.parse("https://files.example.org");
    assertThat(hosts(Forwarding.none(), headers)).isEqualTo("direct.example:8080");
    assertThat(hosts(PROXY, headers)).isEqualTo("proxied.example direct.example:8080");
    assertThat(hosts(new Forwarding(url, address -> false), headers))
        .isEqualTo("files.example.org direct.example:8080");
    assertThat(hosts(new Forwarding(url, address -> true), headers))
        .isEqualTo("files.example.org proxied.example direct.example:8080");
    assertThat(hosts(new Forwarding(url, address -> true), "Host: a|X-Forwarded-Host: !!|"))
        .isEqualTo("files.example.org a");
  }

  private static boolean crossSite(Forwarding forwarding, String host, String page)
      throws Exception {
    try (Listener listener =
            Listening.behind(
                forwarding, exchange -> Listening.text(exchange, "" + CrossSite.is(exchange)));
        Wire wire = new Wire(listener)) {
      return wire.send(get("Host: " + host + "|Origin: " + page + "|")).answer().endsWith("true");
    }
  }

  /** With a public URL, a page of the machine's own name in its network could not upload. */
  @Test
  void pages_of_the_public_url_and_of_the_name_that_is_asked_are_own_ones() throws Exception {
    var url = Origin.parse("https://files.example.org");
    var direct = new Forwarding(url, address -> false);
    String lan = "nas.example.org:8080";
    assertThat(crossSite(direct, lan, "https://files.example.org")).isFalse();
    assertThat(crossSite(direct, lan, "http://NAS.example.org:8080")).isFalse();
    assertThat(crossSite(direct, lan, "https://nas.example.org:8080")).isTrue();
    assertThat(crossSite(direct, lan, "http://nas.example.org")).isTrue();
    assertThat(crossSite(direct, lan, "http://evil.example:8080")).isTrue();
    assertThat(crossSite(direct, lan, "null")).isTrue();
  }

  @Test
  void pages_of_the_name_that_a_trusted_proxy_was_asked_by_are_own_ones() throws Exception {
    String host = "127.0.0.1:8080|X-Forwarded-Host: nas.example.org|X-Forwarded-Proto: https";
    var url = Origin.parse("https://files.example.org");
    var trusting = new Forwarding(url, address -> true);
    assertThat(crossSite(trusting, host, "https://nas.example.org")).isFalse();
    assertThat(crossSite(trusting, host, "http://127.0.0.1:8080")).isTrue();
    assertThat(crossSite(trusting, "a|X-Forwarded-Host: !!", "http://a")).isTrue();
    assertThat(crossSite(trusting, "a|X-Forwarded-Host: !!", "https://files.example.org"))
        .isFalse();
    var direct = new Forwarding(url, address -> false);
    assertThat(crossSite(direct, host, "https://nas.example.org")).isTrue();
  }

  private static String get(String headers) {
    return "GET / HTTP/1.1|" + headers + "|";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "files.example.org > http://files.example.org",
        "FILES.example.org:80 > http://files.example.org",
        "files.example.org:8080 > http://files.example.org:8080",
        "127.0.0.1:443 > http://127.0.0.1:443",
        "[::1]:8080 > http://[::1]:8080",
        "example.org. > http://example.org."
      })
  void host_header_names_it(String host, String origin) throws Exception {
    assertThat(answer(Forwarding.none(), get("Host: " + host + "|"))).isEqualTo(origin);
  }

  @Test
  void address_of_the_connection_stands_in_for_a_missing_host() throws Exception {
    assertThat(answer(Forwarding.none(), "GET / HTTP/1.0||")).isEqualTo("http://127.0.0.1:PORT");
  }

  @Test
  void public_url_wins() throws Exception {
    Forwarding forwarding =
        new Forwarding(Origin.parse("https://files.example.org/"), address -> true);
    assertThat(answer(forwarding, get("Host: other|X-Forwarded-Host: third|")))
        .isEqualTo("https://files.example.org");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "X-Forwarded-Proto: https > https://a",
        "X-Forwarded-Host: files.example.org > http://files.example.org",
        "X-Forwarded-Proto: HTTPS|X-Forwarded-Host: b:8443 > https://b:8443",
        "X-Forwarded-Proto: https|X-Forwarded-Host: b:443 > https://b",
        "X-Forwarded-Host: forged, b > http://b",
        "Forwarded: proto=https;host=b > https://b",
        "Forwarded: for=192.0.2.1;host=forged, for=192.0.2.2;proto=https;host=\"b:8443\" >"
            + " https://b:8443",
        "Forwarded: Host=\"b\\:1\" > http://b:1",
        "Forwarded: host=c|X-Forwarded-Host: b > http://b",
        "X-Forwarded-Host: b/c > 400",
        "X-Forwarded-Proto: ftp > 400"
      })
  void trusted_proxy_names_it(String headers, String origin) throws Exception {
    assertThat(answer(PROXY, get("Host: a|" + headers + "|"))).isEqualTo(origin);
  }

  @Test
  void headers_of_anybody_else_are_ignored() throws Exception {
    assertThat(
            answer(
                Forwarding.none(),
                get("Host: a|X-Forwarded-Proto: https|X-Forwarded-Host: b|Forwarded: host=c|")))
        .isEqualTo("http://a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files.example.org",
        "ftp://files.example.org",
        "https://files.example.org/sub",
        "https://files.example.org?x",
        "https://user@files.example.org",
        "https://",
        "https://a:70000",
        "https://a:0"
      })
  void url_that_is_no_origin_is_refused(String url) {
    assertThatThrownBy(() -> Origin.parse(url)).isInstanceOf(IllegalArgumentException.class);
  }
}
