package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.ServedFronts;
import io.consigne.server.api.v1.Talk.Said;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.LogCapture;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody without a key is told: never what program answers, nor where it lies; and no header
 * beyond those of the table.
 */
@Timeout(120)
class StrangersTest {
  private static final Set<String> HEADERS =
      Set.of(
          "allow",
          "cache-control",
          "connection",
          "content-length",
          "content-security-policy",
          "content-type",
          "date",
          "location",
          "referrer-policy",
          "retry-after",
          "transfer-encoding",
          "warning",
          "www-authenticate",
          "x-content-type-options");

  private static List<String> targets(ServedFronts fronts) {
    var targets = new ArrayList<String>();
    for (String path : fronts.paths()) {
      targets.add(path.replace("*", "x"));
      targets.add(path.replace("*", "x") + "?id=x&xid=x&auth=1");
      targets.add(path.replace("*", "x") + "?api_key=squirrel&url=x&folder_id=x&name=x");
    }
    targets.addAll(
        List.of(
            "/zzzzzzzzzz",
            "/?zzzzzzzzzz&auth=1",
            "/en/",
            "/favicon.ico",
            "/robots.txt",
            "/v1/",
            "/v1/nothing.cgi",
            "/v1/nothing.cgi?api_key=squirrel",
            "/nothing.cgi?apikey=%ff",
            "/v1/../",
            "/%2e%2e/",
            "/a%00b",
            "/%ff",
            "/check_links.pl?links[]=%ff",
            "/check_links.pl?" + "links[]=x&".repeat(200),
            "/.git/config",
            "/manager/html",
            "/WEB-INF/web.xml",
            "/a;jsessionid=1",
            "*"));
    return targets;
  }

  @Test
  void stranger_isNotToldWhatProgramThisIs(@TempDir Path folder) throws IOException {
    int asked = 0;
    var statuses = new TreeSet<Integer>();
    try (var log = new LogCapture();
        var host = new WiredHost(folder);
        var talk = new Talk(host.port())) {
      for (String target : targets(host.fronts())) {
        for (String method :
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW")) {
          for (String headers :
              List.of(
                  "X-Secret: squirrel|",
                  "Content-Type: application/json|Accept: */*|",
                  "Authorization: Bearer squirrel|",
                  "Authorization: Basic c3F1aXJyZWw6c3F1aXJyZWw=|Range: bytes=0-1|",
                  "Content-Type: multipart/form-data; boundary=edge|")) {
            statuses.add(check(talk.ask(method + " " + target, headers, "")));
            asked++;
          }
        }
      }
      assertThat(log.lines()).isEmpty();
    }
    System.out.printf("strangers: %d answers of %s, nothing told%n", asked, statuses);
  }

  /** To tell whose a body is its beginning suffices; the rest is not kept for strangers. */
  @Test
  void bodyOfAStranger_isNotWaitedFor(@TempDir Path folder) throws Exception {
    HttpLimits usual = HttpLimits.DEFAULTS;
    var limits =
        new HttpLimits(
            usual.head(),
            new HttpLimits.Body(
                usual.body().idle(), usual.body().slowestBytes(), Duration.ofMillis(50)),
            usual.idleWrite(),
            usual.keepAlive(),
            usual.connections());
    try (var host = new WiredHost(folder, limits, false)) {
      for (String path : host.fronts().paths()) {
        if (!path.endsWith(".cgi")) {
          continue; // of 1fichier alone
        }
        for (String type : List.of("application/json", "multipart/form-data; boundary=edge")) {
          try (var wire = new Wire(host.port())) {
            wire.send("POST " + path.replace("*", "x") + " HTTP/1.1|Host: a|")
                .send("Content-Type: " + type + "|Content-Length: 1000000000||")
                .send("--edge|Content-Disposition: form-data; name=\"file\"; filename=\"a\"||")
                .send("x".repeat(70_000));
            assertThat(answer(wire)).as("%s %s", path, type).startsWith("HTTP/1.1 4");
          }
        }
      }
    }
  }

  /** What is answered while more of the body comes at a thousand bytes a millisecond. */
  private static String answer(Wire wire) throws IOException, InterruptedException {
    byte[] piece = new byte[1024];
    for (int sent = 0; sent < 8 << 20 && wire.in().available() == 0; sent += piece.length) {
      wire.send(piece);
      Thread.sleep(1);
    }
    return wire.in().available() == 0 ? "no answer" : wire.head();
  }

  private static int check(Said said) {
    said.harmless();
    assertThat(said.toString()).doesNotContain("squirrel");
    assertThat(
            said.head()
                .lines()
                .skip(1)
                .map(line -> line.split(":", 2)[0].toLowerCase(java.util.Locale.ROOT)))
        .isSubsetOf(HEADERS);
    assertThat(said.header("WWW-Authenticate").orElse(""))
        .isIn("", "Basic realm=\"File host\", charset=\"UTF-8\"");
    assertThat(said.head().lines().findFirst().orElseThrow()).matches("HTTP/1.1 [0-9]{3} ");
    return said.status();
  }
}
