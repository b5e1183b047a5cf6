package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import io.consigne.server.http.HttpLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
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

  private long made(String name, long parent) {
    String json = "{\"name\":\"" + name + "\",\"folder_id\":" + parent + "}";
    return Uploading.json(alice.call("folder/mkdir.cgi", json)).path("folder_id").asLong();
  }

  private String shared(long folder) {
    String json = "{\"folder_id\":" + folder + ",\"share\":1}";
    String url = Uploading.json(alice.call("folder/share.cgi", json)).path("url").asString();
    return url.substring(url.indexOf("/dir/"));
  }

  private void fill(long folder, String... names) {
    for (String name : names) {
      String field = Uploading.field("did", Long.toString(folder));
      alice.kept(alice.post(Uploading.body(field, name, "x".getBytes(UTF_8))));
    }
  }

  @Test
  void folder_isSortedForPeople_andAsTakenInForPrograms() {
    long docs = made("Docs", 0);
    made("Inside", docs);
    made("Beside", docs);
    fill(docs, "b 10.txt", "B 9.txt", "c.txt", "A.txt");
    String address = shared(docs);
    String page = get(address).text();
    assertThat(page)
        .contains("<p class=\"note\">4 files, 4 B. 2 folders inside are not shown.</p>");
    assertThat(page).containsPattern("<td class=\"date\">20[0-9-]{8}</td>");
    assertThat(names(page, ">([^<>]*[.]txt)</a>"))
        .containsExactly("A.txt", "B 9.txt", "b 10.txt", "c.txt");
    assertThat(names(get(address + "?e=1").text(), ";(.*);1"))
        .containsExactly("b 10.txt", "B 9.txt", "c.txt", "A.txt");
    assertThat(names(get(address + "?json=1").text(), "\"filename\":\"(.*?)\""))
        .containsExactly("b 10.txt", "B 9.txt", "c.txt", "A.txt");
  }

  @Test
  void folderWithFoldersOnly_saysThatTheyAreNotShown() {
    long docs = made("Docs", 0);
    made("Inside", docs);
    assertThat(get(shared(docs)).text())
        .contains("There are no files in this folder. 1 folder inside is not shown.</p>");
  }

  private static List<String> names(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(hit -> hit.group(1)).toList();
  }
}
