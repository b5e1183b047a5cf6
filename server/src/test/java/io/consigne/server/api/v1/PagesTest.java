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

  private static final String FORM = "Content-Type: application/x-www-form-urlencoded|";

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

  @Test
  void folderWithItsFolders_isWalkedDownAndUp() {
    long docs = made("Docs", 0);
    long notes = made("Notes <b>", docs);
    long old = made("Old", notes);
    long locked = made("Locked", docs);
    alice.call(
        "folder/share.cgi", "{\"folder_id\":" + locked + ",\"share\":1,\"pass\":\"secret6\"}");
    fill(old, "deep.txt");
    String address = sharedBelow(docs, "");
    assertThat(get(address).text())
        .contains(
            "<li><a href=\"%s/%d\"><bdi>Notes &lt;b&gt;</bdi></a></li>".formatted(address, notes),
            "There are no files in this folder. 1 folder inside is not shown.</p>")
        .doesNotContain("Locked", "<form");
    assertThat(get(address + "/" + old).text())
        .contains(
            "<nav><a href=\"%1$s\"><bdi>Docs</bdi></a> / <a href=\"%1$s/%2$d\">"
                    .formatted(address, notes)
                + "<bdi>Notes &lt;b&gt;</bdi></a> /</nav>",
            ">deep.txt</a>");
    for (String elsewhere : List.of(address + "/" + locked, address + "/99999", address + "/0")) {
      Said said = get(elsewhere);
      assertThat(said.status()).isEqualTo(404);
      assertThat(said.text()).isEqualTo(get("/dir/abcdefgh").text());
    }
  }

  /** Without a cookie the password goes with each step. */
  @Test
  void folderWithAPassword_isWalkedByButtonsThatSendIt() {
    long docs = made("Docs", 0);
    long notes = made("Notes", docs);
    String address = sharedBelow(docs, ",\"pass\":\"a\\\"cret6\"");
    assertThat(get(address + "/" + notes).status()).isEqualTo(403);
    Said page = visitor.ask("POST " + address, FORM, "pass=a%22cret6");
    assertThat(page.header("Cache-Control")).contains("no-store");
    assertThat(page.text())
        .contains(
            "<form id=\"walk\" method=\"post\">"
                + "<input type=\"hidden\" name=\"pass\" value=\"a&quot;cret6\"></form>",
            "<button class=\"step\" form=\"walk\" formaction=\"%s/%d\">".formatted(address, notes));
    String inside = "POST " + address + "/" + notes;
    assertThat(visitor.ask(inside, FORM, "pass=a%22cret6").text())
        .contains("<nav><button class=\"step\" form=\"walk\" formaction=\"" + address + "\">");
  }

  private String sharedBelow(long folder, String password) {
    String json = "{\"folder_id\":" + folder + ",\"share\":1,\"below\":1" + password + "}";
    String url = Uploading.json(alice.call("folder/share.cgi", json)).path("url").asString();
    return url.substring(url.indexOf("/dir/"));
  }

  private static List<String> names(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(hit -> hit.group(1)).toList();
  }
}
