package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When its end comes, a link is answered byte for byte as that of a file that was removed. */
class LinkExpiryTest {
  private static final String ALICE = "alice@example.org";
  private static final String BOB = "bob@example.org";
  private static final String JSON = "Content-Type: application/json|";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

  private WiredHost host;
  private Uploading alice;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    host = new WiredHost(folder, now::get);
    host.account(ALICE);
    host.account(BOB);
    alice = new Uploading(host, ALICE);
  }

  @AfterEach
  void close() {
    alice.close();
    host.close();
  }

  /** The id of a new file's link. */
  private String file(String name) {
    String url =
        alice
            .kept(alice.post(Uploading.body("", name, "x".getBytes(UTF_8))))
            .path("download")
            .asString();
    return url.substring(url.indexOf("/?") + 2);
  }

  private String asBob(String line, String body) {
    return RawCall.send(host.port(), line, JSON + host.bearer(BOB), body);
  }

  private String asStranger(String line) {
    return RawCall.send(host.port(), line, "", "");
  }

  /** The path of a download, as Bob gets it. */
  private String download(String link) {
    String answer = asBob("POST /v1/download/get_token.cgi", "{\"url\":\"" + link + "\"}");
    assertThat(RawCall.status(answer)).as(answer).isEqualTo(200);
    return answer.replaceFirst("(?s).*(/p[0-9A-Za-z]+)\".*", "$1");
  }

  /** Everything that is answered about a link, without its id. */
  private List<String> answers(String link, String download) {
    String url = "{\"url\":\"" + link + "\",\"pass\":\"secret6\"}";
    return List.of(
            asBob("POST /v1/file/info.cgi", url),
            asBob("POST /v1/download/get_token.cgi", url),
            asBob("POST /v1/file/cp.cgi", "{\"urls\":[\"" + link + "\"]}"),
            asBob("GET /?" + link + "&auth=1", ""),
            asBob("GET /?" + link + "&auth=1&e=1", ""),
            asStranger("GET /?" + link),
            asStranger("POST /?" + link),
            asStranger("GET /check_links.pl?links[]=" + link),
            asStranger("GET " + download),
            RawCall.send(host.port(), "GET " + download, "Range: bytes=0-|", ""))
        .stream()
        .map(answer -> answer.replace(link, "LINK"))
        .toList();
  }

  @Test
  void link_thatHasEnded_isAsThatOfARemovedFile() {
    String ending = file("a.txt");
    String removed = file("b.txt");
    alice.call("file/chattr.cgi", "{\"urls\":[\"" + ending + "\"],\"acl\":{\"expires\":\"2m\"}}");
    String path = download(ending);
    String removedPath = download(removed);
    alice.call("file/rm.cgi", "{\"files\":[{\"url\":\"" + removed + "\"}]}");
    now.updateAndGet(time -> time.plus(Duration.ofSeconds(119)));
    assertThat(asStranger("GET /?" + ending))
        .contains("a.txt", "Open until 2026-03-01 12:02:00 UTC");
    assertThat(RawCall.status(asStranger("GET " + path))).isEqualTo(200);
    now.updateAndGet(time -> time.plus(Duration.ofSeconds(1)));
    assertThat(answers(ending, path)).isEqualTo(answers(removed, removedPath));
    assertThat(RawCall.status(asStranger("GET " + path))).isEqualTo(404);
    assertThat(alice.call("file/info.cgi", "{\"url\":\"" + ending + "\"}").text())
        .contains("\"expires\":\"2026-03-01T12:02:00Z\"");
  }
}
