package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import io.consigne.server.http.HttpLimits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of the pages in a browser. */
class PagesTest {
  private static final String ALICE = "alice@example.org";

  private WiredHost host;
  private Uploading alice;
  private Talk visitor;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    host = new WiredHost(folder, HttpLimits.DEFAULTS, true);
    host.account(ALICE);
    alice = new Uploading(host, ALICE);
    visitor = new Talk(host.port());
  }

  @AfterEach
  void close() {
    visitor.close();
    alice.close();
    host.close();
  }

  private String link(String name) {
    String url =
        alice
            .kept(alice.post(Uploading.body("", name, "x".getBytes(UTF_8))))
            .path("download")
            .asString();
    return url.substring(url.indexOf("/?"));
  }

  private Said get(String path) {
    return visitor.ask("GET " + path, "", "");
  }

  /** The report of a guest's upload. */
  private String report(String name) {
    Said posted =
        visitor.ask(
            "POST /upload.cgi", Uploading.TYPE, Uploading.body("", name, "x".getBytes(UTF_8)));
    return posted.header("Location").orElseThrow();
  }

  /** A name could seem to be a picture and be a program. */
  @Test
  void name_thatTurnsTheDirection_isShownWithItsSignsReplaced() {
    String name = "a\u202Egpj.\u2066exe\u2069";
    String shown = "a\uFFFDgpj.\uFFFDexe\uFFFD";
    assertThat(get(link(name)).text())
        .contains("<title>" + shown + "</title>", "<h1><bdi>" + shown + "</bdi></h1>");
    String report = report(name);
    assertThat(get(report).text()).contains("<td><bdi>" + shown + "</bdi>");
    String removal =
        Uploading.json(visitor.ask("GET " + report, "JSON: 1|", ""))
            .path("links")
            .path(0)
            .path("remove")
            .asString();
    assertThat(get(removal.substring(removal.indexOf("/remove/"))).text())
        .contains("<title>Remove " + shown + "?</title>", "<bdi>" + shown + "</bdi>?</h1>");
    assertThat(visitor.ask("GET " + report, "EXPORT: 1|", "").text()).startsWith(name + ";1;");
  }
}
