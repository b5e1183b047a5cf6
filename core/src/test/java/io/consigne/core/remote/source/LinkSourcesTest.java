package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A link is fetched with the key of its place, and that key goes nowhere else. */
final class LinkSourcesTest {
  private static final String LINK = "/?abcdefghij0123456789";
  private static final SourceHeaders KEY =
      SourceHeaders.of(Map.of("authorization", "Bearer hunter2", "Cookie", "hunter2"));

  private static String json(int status, String body) {
    return "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\n\r\n" + body;
  }

  /** Answers calls with this, and everything else with a file. */
  private static HostileServer host(String answer) throws IOException {
    var self = new HostileServer[1];
    self[0] =
        HostileServer.web((head, out) -> {
          String text =
              head.getFirst().startsWith("POST /v1/download/get_token.cgi ")
                  ? answer.formatted(self[0].url("/t/token"))
                  : "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\n\r\nfile";
          out.write(text.getBytes(ISO_8859_1));
        });
    return self[0];
  }

  private static Fetched open(Lab lab, String url, SourceHeaders headers) throws SourceException {
    return new LinkSources(lab.sources)
        .open(SourceRequest.whole(SourceUrl.parse(url), headers, Lab.MAX_BYTES));
  }

  @Test
  void link_isFetchedThroughItsHost() throws IOException {
    try (var lab = new Lab();
        HostileServer host = host(json(200, "{\"x\":[1,{}],\"url\":\"%s\",\"status\":\"OK\"}"));
        Fetched fetched = open(lab, host.url(LINK + "&af=5"), KEY)) {
      assertThat(fetched.body().readAllBytes()).asString(UTF_8).isEqualTo("file");
      List<String> call = host.heads.remove();
      assertThat(call)
          .contains("POST /v1/download/get_token.cgi HTTP/1.1", "Authorization: Bearer hunter2")
          .doesNotContain("Cookie: hunter2")
          .contains("Content-Length: " + ("{\"url\":\"" + host.url(LINK) + "\"}").length());
      List<String> download = host.heads.remove();
      assertThat(download).contains("GET /t/token HTTP/1.1");
      assertThat(download).noneMatch(line -> line.contains("hunter2"));
    }
  }

  @Test
  void addressOfTheBytes_isNotShown() {
    String body = "{\"url\":\"https://files.example.org/t/hunter2\"}";
    assertThat(new OpenSources.Reply(200, body)).hasToString("Reply[status=200]");
    assertThat(LinkAnswer.read(body)).hasToString("LinkAnswer[url]");
  }

  @Test
  void linkWithoutKey_isAnAddressLikeOthers() throws IOException {
    try (var lab = new Lab();
        HostileServer host = host(json(200, "{}"))) {
      open(lab, host.url(LINK), SourceHeaders.NONE).close();
      assertThat(host.heads.remove()).contains("GET " + LINK + " HTTP/1.1");
      open(lab, host.url(LINK), SourceHeaders.of(Map.of("Authorization", "Basic YTpi"))).close();
      assertThat(host.heads.remove()).contains("GET " + LINK + " HTTP/1.1");
    }
  }

  /** It was stored, as the file. */
  @Test
  void pageOfALinkWithoutKey_isNotTheFile() throws IOException {
    String page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%s\r\n<p>Download</p>";
    try (var lab = new Lab();
        HostileServer host = HostileServer.web(page.formatted(""));
        HostileServer named =
            HostileServer.web(page.formatted("Content-Disposition: attachment\r\n"))) {
      SourceException refusal =
          catchThrowableOfType(
              SourceException.class, () -> open(lab, host.url(LINK), SourceHeaders.NONE));
      assertThat(refusal)
          .hasMessage(
              "This is a link, and its page is not the file: give your key of 127.0.0.2 with it");
      assertThat(refusal.reason()).isEqualTo(Reason.WEB_PAGE);
      open(lab, host.url("/?a=page"), SourceHeaders.NONE).close();
      open(lab, named.url(LINK), SourceHeaders.NONE).close();
    }
  }

  @Test
  void rest_isAskedOfTheFile() throws IOException {
    try (var lab = new Lab();
        HostileServer host = host(json(200, "{\"url\":\"%s\"}"))) {
      var part = new SourceRequest.Part(2, "\"v1\"", OptionalLong.empty());
      var request =
          new SourceRequest(SourceUrl.parse(host.url(LINK)), KEY, part, Lab.MAX_BYTES, null);
      new LinkSources(lab.sources).open(request).close();
      host.heads.remove();
      assertThat(host.heads.remove()).contains("Range: bytes=2-", "If-Range: \"v1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:%d/", "http://localhost:%d/", "http://[::ffff:127.0.0.1]:%d/"})
  void bytesAtAPrivateAddress_areNotFetched(String target) throws IOException {
    try (var lab = new Lab();
        var witness = new Witness("127.0.0.1");
        HostileServer host =
            HostileServer.web(
                json(200, "{\"url\":\"" + target.formatted(witness.port()) + "\"}"))) {
      assertThat(refusal(lab, host).reason()).isEqualTo(Reason.FORBIDDEN);
      witness.sawNobody();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "403 | {\"status\":\"KO\",\"message\":\"Resource hunter2 #1\"} | REFUSED",
        "200 | {\"status\":\"KO\",\"message\":\"Not authenticated #247\",\"url\":\"x\"} | REFUSED",
        "401 | {} | REFUSED",
        "404 | <html> | REFUSED",
        "302 | {\"url\":\"http://a/\"} | REFUSED",
        "403 | {\"status\":\"KO\",\"message\":\"Flood detected: IP Locked #412\"} | BUSY",
        "429 | {} | BUSY",
        "503 | <html> | BUSY",
        "200 | {\"url\":5} | REFUSED",
        "200 | [\"url\"] | REFUSED",
        "200 | {\"url\":\"http://a/\",\"url\":\"http://b/\"} | REFUSED",
        "200 | {\"url\":\"http://a/\" | REFUSED",
        "200 | {\"url\":\"file:///etc/passwd\"} | NONSENSE",
        "200 | {\"url\":\"ftp://a/b\"} | NONSENSE",
        "200 | {\"url\":\"\"} | NONSENSE",
      })
  void refusal_isSaidInOurWords(int status, String body, Reason reason) throws IOException {
    try (var lab = new Lab();
        HostileServer host = HostileServer.web(json(status, body))) {
      SourceException refusal = refusal(lab, host);
      assertThat(refusal.reason()).isEqualTo(reason);
      assertThat(refusal.getMessage()).startsWith(reason == Reason.NONSENSE ? "The" : "127.0.0.2");
      assertThat(refusal.getMessage()).doesNotContain("hunter2");
    }
  }

  @Test
  void endlessAnswer_isCutOff() throws IOException {
    try (var lab = new Lab();
        HostileServer host =
            HostileServer.web((_, out) -> {
              out.write(json(200, "").getBytes(ISO_8859_1));
              while (true) {
                out.write("[[[[[[[[".repeat(100).getBytes(ISO_8859_1));
              }
            })) {
      assertThat(refusal(lab, host).reason()).isEqualTo(Reason.TOO_LARGE);
    }
  }

  private static SourceException refusal(Lab lab, HostileServer host) {
    SourceException refusal =
        catchThrowableOfType(SourceException.class, () -> open(lab, host.url(LINK), KEY).close());
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @ParameterizedTest
  @CsvSource({
    "https://1fichier.com/?2zk52quqlm0cbjr93ri5, https://1fichier.com/?2zk52quqlm0cbjr93ri5",
    "http://www.1fichier.com/?abcde&af=12, https://1fichier.com/?abcde",
    "https://1fichier.com?abcdefghij, https://1fichier.com/?abcdefghij",
    "https://dl4free.com/en/?abcdefghij, https://1fichier.com/?abcdefghij",
  })
  void linkOf1fichier_isAskedAtItsApi(String url, String link) {
    assertThat(LinkCall.of(SourceUrl.parse(url)))
        .contains(
            new LinkCall(
                SourceUrl.parse("https://api.1fichier.com/v1/download/get_token.cgi"), link));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://1fichier.com/dir/abcdefgh",
        "https://a-4.1fichier.com/p1058755667",
        "https://1fichier.com.example.org/?abcdefghij",
        "https://example.org/?abcdefghij",
        "https://example.org/d/?abcdefghij0123456789",
        "https://example.org/?id=abcdefghij0123456789",
        "ftp://1fichier.com/?abcdefghij",
      })
  void otherAddress_isNoLink(String url) {
    assertThat(LinkCall.of(SourceUrl.parse(url))).isEmpty();
    assertThat(LinkSources.takesKey(SourceUrl.parse(url))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://1fichier.com/?abcde, true",
    "http://1fichier.com/?abcde, true", // its API is asked by https
    "https://files.example.org/?abcdefghij0123456789, true",
    "http://files.example.org/?abcdefghij0123456789, false",
    "http://192.0.2.1/?abcdefghij0123456789, false",
    "http://127.0.0.1:8080/?abcdefghij0123456789, true",
    "http://[::1]:8080/?abcdefghij0123456789, true",
    "http://localhost/?abcdefghij0123456789, true",
    "http://localhost.example.org/?abcdefghij0123456789, false",
  })
  void key_goesWithLinks_andNotInClearOverANetwork(String url, boolean takes) {
    assertThat(LinkSources.takesKey(SourceUrl.parse(url))).isEqualTo(takes);
  }
}
