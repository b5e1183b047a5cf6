package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a source or the name system says leads a fetch to a private address. */
@Timeout(60)
final class HostileRedirectTest {
  private static final String FILE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfile";

  private static String redirection(String location) {
    return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "//127.0.0.1:%d/",
        "http://127.0.0.1.:%d/",
        "http://localhost:%d/",
        "http://private.example:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://[::ffff:7f00:1]:%d/",
        "http://[0:0:0:0:0:ffff:7f00:0001]:%d/",
        "http://[::127.0.0.1]:%d/",
        "http://[64:ff9b::127.0.0.1]:%d/",
        "http://[2002:7f00:1::]:%d/",
        "http://0.0.0.0:%d/",
        "http://[::]:%d/",
        "http://[::1]:%d/",
        "http://2130706433:%d/",
        "http://0x7f000001:%d/",
        "http://0177.0.0.1:%d/",
        "http://127.1:%d/",
        "http://127.0.0.2@127.0.0.1:%d/",
        "http://127.0.0.2\\@127.0.0.1:%d/",
        "https://127.0.0.1:%d/",
        "http://169.254.169.254/latest/meta-data/",
        "http://metadata.example/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://10.0.0.1:%d/",
        "http://192.168.1.1/",
      })
  void redirection_toPrivateAddress_isNotFollowed(String target) throws IOException {
    try (var witness = new Witness("127.0.0.1");
        var witness6 = new Witness("::1", witness.port());
        var lab = new Lab(HostileRedirectTest::lookup);
        var server = HostileServer.web(redirection(target.formatted(witness.port())))) {
      assertThat(lab.reason(server.url("/a.zip")))
          .isIn(Reason.FORBIDDEN, Reason.REDIRECTED, Reason.UNKNOWN_HOST);
      assertThat(server.asked()).isEqualTo(1);
      witness.sawNobody();
      witness6.sawNobody();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "https://127.0.0.1:%d/",
        "ftp://127.0.0.1:%d/a",
        "ftps://127.0.0.1:%d/a",
        "http://localhost:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://0.0.0.0:%d/",
        "ftp://[::ffff:7f00:1]:%d/a",
      })
  void privateAddress_isNotFetchedFrom(String target) throws IOException {
    try (var witness = new Witness("127.0.0.1");
        var lab = new Lab(HostileRedirectTest::lookup)) {
      String url = target.formatted(witness.port());
      SourceException refusal = lab.refusal(url);
      assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
      assertThat(refusal.again()).isFalse();
      assertThat(refusal)
          .hasMessage(
              "This host does not fetch from "
                  + SourceUrl.parse(url).host()
                  + ": its address is not public");
      witness.sawNobody();
    }
  }

  /** Else a list of names could be asked for, to learn which of them are of the host's network. */
  @Test
  void nameOfAPrivateAddress_isAnsweredAsOneThatIsUnknown() throws IOException {
    try (var witness = new Witness("127.0.0.1");
        var lab = new Lab(HostileRedirectTest::lookup)) {
      for (String name : List.of("private.example", "nobody.invalid")) {
        SourceException refusal = lab.refusal("http://" + name + ":" + witness.port() + "/");
        assertThat(refusal).hasMessage("No address to which this host may go is known of " + name);
        assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_HOST);
      }
      witness.sawNobody();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://private.example/, No address to which this host may go is known of %s",
    "http://nobody.invalid/, No address to which this host may go is known of %s",
    "http://10.0.0.1/, This host does not fetch from %s: its address is not public",
  })
  void redirection_isToldWithoutTheHostThatTheSourceWrote(String target, String message)
      throws IOException {
    try (var lab = new Lab(HostileRedirectTest::lookup);
        var server = HostileServer.web(redirection(target))) {
      assertThat(lab.refusal(server.url("/a.zip")))
          .hasMessage(message, "the place that 127.0.0.2 leads to");
    }
  }

  private static InetAddress[] lookup(String host) throws UnknownHostException {
    return switch (host) {
      case "private.example" -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
      case "metadata.example" -> new InetAddress[] {InetAddress.ofLiteral("169.254.169.254")};
      case "public.example", "other.example" ->
          new InetAddress[] {InetAddress.ofLiteral(HostileServer.ADDRESS)};
      default -> InetAddress.getAllByName(host);
    };
  }

  /** The first look-up passes, and every later one would lead astray: there is none. */
  @Test
  void name_isLookedUpOncePerConnection() throws IOException {
    var lookups = new AtomicInteger();
    Names turning =
        _ ->
            new InetAddress[] {
              InetAddress.ofLiteral(
                  lookups.getAndIncrement() == 0 ? HostileServer.ADDRESS : "127.0.0.1")
            };
    try (var server = HostileServer.web(FILE);
        var witness = new Witness("127.0.0.1");
        var lab = new Lab(turning)) {
      String url = "http://turning.example:" + server.port() + "/a.zip";
      assertThat(lab.bytes(url)).isEqualTo("file".getBytes(US_ASCII));
      assertThat(lookups).hasValue(1);
      assertThat(lab.reason("http://turning.example:" + witness.port() + "/"))
          .isEqualTo(Reason.UNKNOWN_HOST);
      witness.sawNobody();
    }
  }

  /** A redirection to the same name is a new connection, and is checked as one. */
  @Test
  void nameThatTurnsDuringARedirection_isRefused() throws IOException {
    var lookups = new AtomicInteger();
    try (var witness = new Witness("127.0.0.1");
        var server =
            HostileServer.web(redirection("http://turning.example:" + witness.port() + "/"));
        var lab =
            new Lab(_ ->
                new InetAddress[] {
                  InetAddress.ofLiteral(
                      lookups.getAndIncrement() == 0 ? HostileServer.ADDRESS : "127.0.0.1")
                })) {
      assertThat(lab.reason("http://turning.example:" + server.port() + "/"))
          .isEqualTo(Reason.UNKNOWN_HOST);
      assertThat(lookups).hasValue(2);
      witness.sawNobody();
    }
  }

  @Test
  void nameOfSeveralAddresses_isAskedAtThePublicOnesOnly() throws IOException {
    try (var server = HostileServer.web(FILE);
        var witness = new Witness("127.0.0.1", server.port());
        var lab =
            new Lab(_ ->
                new InetAddress[] {
                  InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral(HostileServer.ADDRESS)
                })) {
      assertThat(lab.bytes("http://mixed.example:" + server.port() + "/a.zip")).hasSize(4);
      witness.sawNobody();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://127.0.0.2/a, 127.0.0.2 sends to ftp%2C where no web page may lead",
    "ftps://127.0.0.2/a, 127.0.0.2 sends to ftps%2C where no web page may lead",
    "file:///etc/passwd, 127.0.0.2 sends to what is no address",
    "gopher://127.0.0.2/, 127.0.0.2 sends to what is no address",
    "javascript:alert(1), 127.0.0.2 sends to what is no address",
    "http://alice:hunter2@127.0.0.2/, 127.0.0.2 sends to what is no address",
  })
  void redirection_toAnotherFamily_isNotFollowed(String target, String message) throws IOException {
    try (var lab = new Lab();
        var server = HostileServer.web(redirection(target))) {
      SourceException refusal = lab.refusal(server.url("/"));
      assertThat(refusal).hasMessage(message.replace("%2C", ","));
      assertThat(refusal.reason()).isEqualTo(Reason.REDIRECTED);
    }
  }

  @Test
  void redirection_toNowhere_isRefused() throws IOException {
    try (var lab = new Lab();
        var server = HostileServer.web("HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(lab.refusal(server.url("/"))).hasMessage("127.0.0.2 sends to what is no address");
    }
  }

  @Test
  void tenThousandRedirections_endAfterFive() throws IOException {
    var hop = new AtomicInteger();
    try (var lab = new Lab();
        var server =
            HostileServer.web((_, out) ->
                out.write(redirection("/" + hop.incrementAndGet()).getBytes(ISO_8859_1)))) {
      assertThat(lab.refusal(server.url("/")))
          .hasMessage("127.0.0.2 sends elsewhere more than 5 times");
      assertThat(server.asked()).isEqualTo(6);
    }
  }

  @Test
  void fiveRedirections_areFollowed() throws IOException {
    var hop = new AtomicInteger();
    try (var lab = new Lab();
        var server =
            HostileServer.web((_, out) -> {
              int number = hop.incrementAndGet();
              String answer = number <= 5 ? redirection("d/" + number + ".zip?x") : FILE;
              out.write(answer.getBytes(ISO_8859_1));
            });
        Fetched fetched = lab.open(server.url("/a"))) {
      assertThat(fetched.fileName()).contains("5.zip");
      assertThat(fetched.body().readAllBytes()).hasSize(4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://public.example:%d/b, true",
    "/b, true",
    "http://other.example:%d/b, false",
    "http://127.0.0.2:%d/b, false",
  })
  void headersOfTheOwner_stayWithTheirHost(String target, boolean travel) throws IOException {
    var server = new HostileServer[1];
    try (var lab = new Lab(HostileRedirectTest::lookup);
        var web =
            HostileServer.web((head, out) -> {
              boolean first = head.getFirst().startsWith("GET /a ");
              String answer = first ? redirection(target.formatted(server[0].port())) : FILE;
              out.write(answer.getBytes(ISO_8859_1));
            })) {
      server[0] = web;
      var headers =
          SourceHeaders.of(
              Map.of("Authorization", "hunter2", "Cookie", "hunter2", "X-Own", "hunter2"));
      SourceUrl url = SourceUrl.parse("http://public.example:" + web.port() + "/a");
      try (Fetched fetched = lab.sources.open(SourceRequest.whole(url, headers, 100))) {
        assertThat(fetched.body().readAllBytes()).hasSize(4);
      }
      List<String> first = web.heads.remove();
      assertThat(first).contains("Authorization: hunter2", "Cookie: hunter2", "X-Own: hunter2");
      assertThat(web.heads.remove().stream().anyMatch(line -> line.contains("hunter2")))
          .isEqualTo(travel);
    }
  }

  /** Once they were left behind, they do not come back with a redirection to the first host. */
  @Test
  void headersOfTheOwner_doNotComeBack() throws IOException {
    var server = new HostileServer[1];
    try (var lab = new Lab(HostileRedirectTest::lookup);
        var web =
            HostileServer.web((head, out) -> {
              String answer =
                  switch (head.getFirst().split(" ", 3)[1]) {
                    case "/a" -> redirection("http://other.example:" + server[0].port() + "/b");
                    case "/b" -> redirection("http://public.example:" + server[0].port() + "/c");
                    default -> FILE;
                  };
              out.write(answer.getBytes(ISO_8859_1));
            })) {
      server[0] = web;
      SourceUrl url = SourceUrl.parse("http://public.example:" + web.port() + "/a");
      var headers = SourceHeaders.of(Map.of("Cookie", "hunter2"));
      lab.sources.open(SourceRequest.whole(url, headers, 100)).close();
      assertThat(web.heads.remove()).contains("Cookie: hunter2");
      assertThat(web.heads.remove()).doesNotContain("Cookie: hunter2");
      assertThat(web.heads.remove()).doesNotContain("Cookie: hunter2");
    }
  }

  @Test
  void cookiesOfASource_areForgotten() throws IOException {
    try (var lab = new Lab();
        var server =
            HostileServer.web((head, out) -> {
              String answer =
                  head.getFirst().startsWith("GET / ")
                      ? "HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /b\r\n\r\n"
                      : FILE;
              out.write(answer.getBytes(ISO_8859_1));
            })) {
      lab.bytes(server.url("/"));
      server.heads.remove();
      assertThat(server.heads.remove())
          .containsExactly(
              "GET /b HTTP/1.1",
              "User-Agent: Consigne",
              "Accept: */*",
              "Host: 127.0.0.2:" + server.port(),
              "Accept-Encoding: identity",
              "Connection: close");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "socksProxyHost, socksProxyPort",
    "http.proxyHost, http.proxyPort",
  })
  void proxiesOfTheSystem_areNotUsed(String host, String port) throws IOException {
    try (var witness = new Witness("127.0.0.1");
        var lab = new Lab();
        var server = HostileServer.web(FILE)) {
      System.setProperty(host, "127.0.0.1");
      System.setProperty(port, Integer.toString(witness.port()));
      System.setProperty("http.nonProxyHosts", "");
      System.setProperty("socksNonProxyHosts", "");
      assertThat(lab.bytes(server.url("/a.zip"))).hasSize(4);
      witness.sawNobody();
    } finally {
      System.clearProperty(host);
      System.clearProperty(port);
      System.clearProperty("http.nonProxyHosts");
      System.clearProperty("socksNonProxyHosts");
    }
  }

  @Test
  void portThatIsNotInTheTable_isNotFetchedFrom() throws IOException {
    try (var server = HostileServer.web(FILE);
        var sources = new OpenSources(new FetchPolicy(FetchLimits.DEFAULT, Lab.POLICY.allowed()))) {
      SourceUrl url = SourceUrl.parse(server.url("/"));
      SourceException refusal =
          catchThrowableOfType(
              SourceException.class,
              () -> sources.open(SourceRequest.whole(url, SourceHeaders.NONE, 1)));
      assertThat(refusal).hasMessage("This host does not fetch from port " + server.port());
      assertThat(server.asked()).isZero();
    }
  }
}
