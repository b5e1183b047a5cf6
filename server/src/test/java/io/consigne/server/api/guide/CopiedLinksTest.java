package io.consigne.server.api.guide;

import static io.consigne.server.api.guide.GuideStage.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.server.api.guide.GuideStage.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Links of this host that somebody has it fetch: what a link opens is copied; what a password or a
 * rule keeps is not, and what is gone or closed is answered as what was never there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopiedLinksTest {
  private GuideStage stage;
  private String alice;
  private String mallory;
  private String open;
  private String locked;
  private String ruled;
  private String removed;
  private String closed;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    stage = new GuideStage(data);
    alice = stage.account("alice", "PREMIUM");
    mallory = stage.account("mallory", "PREMIUM");
    String carol = stage.account("carol", "PREMIUM");
    open = stage.upload(alice, "open.txt", "open bytes");
    locked = stage.upload(alice, "secret-locked.txt", "locked bytes");
    ruled = stage.upload(alice, "secret-ruled.txt", "ruled bytes");
    removed = stage.upload(alice, "secret-removed.txt", "removed bytes");
    closed = stage.upload(carol, "secret-closed.txt", "closed bytes");
    call(alice, "file/chattr.cgi", "{\"urls\":[\"" + locked + "\"],\"pass\":\"open sesame\"}");
    call(
        alice,
        "file/chattr.cgi",
        "{\"urls\":[\"" + ruled + "\"],\"acl\":{\"email\":[\"friend@example.org\"]}}");
    call(alice, "file/rm.cgi", "{\"files\":[{\"url\":\"" + removed + "\"}]}");
    stage.close("carol");
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  private JsonNode call(String key, String path, String body) {
    Said said = stage.post("/v1/" + path, GuideStage.JSON, body, bearer(key));
    assertThat(said.status()).as(said.toString()).isEqualTo(200);
    return said.json();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/remote/request.cgi",
        "/remote/remote.cgi",
        "/v1/remote/remote.cgi",
        "/upload/add_url.cgi",
        "/v1/upload/add_url.cgi"
      })
  void linksOfOthers_areCopiedAsTheyOpen(String address) {
    Set<String> before = names();
    Answered missing = ask(address, stage.origin() + "/?zzzzzzzzzzzzzzzzzzzz");
    assertThat(missing.state).isEqualTo("failed");
    for (String link : new String[] {removed, closed}) {
      assertThat(ask(address, link)).usingRecursiveComparison().isEqualTo(missing);
    }
    for (String link : new String[] {locked, ruled}) {
      Answered kept = ask(address, link);
      assertThat(kept.made).isEqualTo(missing.made);
      assertThat(kept.state).isEqualTo("failed");
      assertThat(kept.info).doesNotContain("secret-");
    }
    assertThat(names()).isEqualTo(before);
    assertThat(ask(address, open).state).isEqualTo("done");
    assertThat(names()).contains("open.txt");
  }

  private Set<String> names() {
    return Set.copyOf(
        call(mallory, "file/ls.cgi", "{\"folder_id\":0}")
            .path("items")
            .findValuesAsString("filename"));
  }

  private Answered ask(String address, String link) {
    Said said =
        address.endsWith("request.cgi")
            ? stage.post(address, GuideStage.JSON, "{\"urls\":[\"" + link + "\"]}", bearer(mallory))
            : stage.post(address, GuideStage.FORM, "url=" + link, bearer(mallory));
    assertThat(said.status()).as(said.toString()).isEqualTo(200);
    String body = "{\"id\":" + said.json().path("id").asLong() + "}";
    await()
        .until(() ->
            !call(mallory, "remote/info.cgi", body).path("execution_date").asString().isEmpty());
    JsonNode info = call(mallory, "remote/info.cgi", body);
    String state = info.path("fetches").path(0).path("state").asString();
    return new Answered(bare(said.toString(), link), bare(info.toString(), link), state);
  }

  /** An answer without what it was asked for, and without what is new in each. */
  private static String bare(String answer, String link) {
    return answer
        .replace(link.substring(link.indexOf('?')), "?LINK")
        .replaceAll("\"id\":[0-9]+", "ID")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "TIME")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME");
  }

  /** What was said when it was asked for, and when it had ended. */
  private record Answered(String made, String info, String state) {}
}
