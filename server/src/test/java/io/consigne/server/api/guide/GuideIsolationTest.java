package io.consigne.server.api.guide;

import static io.consigne.server.api.guide.GuideStage.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.Domain;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.db.Databases;
import io.consigne.server.UsualChoices;
import io.consigne.server.api.guide.GuideStage.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is foreign is answered like what is missing, at every address of the guide. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideIsolationTest {
  private static final String NO_LINK = "zzzzzzzzzzzzzzzzzzzz";
  private static final long NO_FOLDER = 999_999_999;

  private GuideStage stage;
  private String alice;
  private String mallory;
  private String closed;
  private String link;
  private long folder;
  private String spare;
  private final List<Thing> things = new ArrayList<>();

  /** What is Alice's, or was. */
  private record Thing(String what, String link, long folder) {}

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    stage = new GuideStage(data);
    alice = stage.account("alice", "PREMIUM");
    mallory = stage.account("mallory", "PREMIUM");
    closed = stage.account("closed", "PREMIUM");
    stage.close("closed");
    folder = stage.folder(alice, "Secret");
    link = id(stage.upload(alice, "secret.txt", "bytes", "folder", Long.toString(folder)));
    spare = id(stage.upload(mallory, "spare.txt", "mine"));
    things.add(new Thing("foreign", link, folder));
    things.add(removed());
    things.add(noLongerShared());
  }

  private Thing removed() {
    long gone = stage.folder(alice, "Gone");
    String file = id(stage.upload(alice, "gone.txt", "bytes", "folder", Long.toString(gone)));
    change("/file/delete.cgi", GuideStage.FORM, "url=" + file);
    change("/file/delete.cgi", GuideStage.FORM, "folder_id=" + gone);
    return new Thing("removed", file, gone);
  }

  private Thing noLongerShared() {
    long shared = stage.folder(alice, "Shared");
    String file = id(stage.upload(alice, "shared.txt", "bytes", "folder", Long.toString(shared)));
    for (String shares : List.of("{\"email\":\"mallory@example.org\",\"rw\":1}", "")) {
      change(
          "/v1/folder/share.cgi",
          GuideStage.JSON,
          "{\"folder_id\":%d,\"shares\":[%s]}".formatted(shared, shares));
    }
    return new Thing("no longer shared", file, shared);
  }

  private void change(String target, String type, String body) {
    Said said = stage.post(target, type, body, bearer(alice));
    assertThat(said.status()).as(said.toString()).isEqualTo(200);
  }

  private static String id(String url) {
    return url.substring(url.indexOf('?') + 1);
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  @Test
  void keyOfAFolder_isToldWhatIsUsedThere() {
    String carol = stage.account("carol", "PREMIUM");
    long room = stage.folder(carol, "Room");
    stage.upload(carol, "in.txt", "12345", "folder", Long.toString(room));
    stage.upload(carol, "out.txt", "1234567890");
    String confined = stage.confined("carol", "/Room");
    assertThat(used(carol)).isEqualTo(15);
    assertThat(used(confined)).isEqualTo(5);
  }

  private long used(String key) {
    return stage.get("/user/info.cgi", bearer(key)).json().path("used_storage").asLong();
  }

  /**
   * A request about {@code {link}} or {@code {folder}}.
   *
   * @param opens whether a link alone opens it, as links are for
   */
  record Row(String address, String body, boolean opens) {
    static Row of(String address, String body) {
      return new Row(address, body, false);
    }
  }

  static List<Row> rows() {
    Stream<Row> rows =
        Stream.of(
            Row.of("GET user/info.cgi", "?x={link}"),
            Row.of("POST user/info.cgi", "x={link}"),
            new Row("GET download/save.cgi", "?url={link}", true),
            new Row("POST download/save.cgi", "url={link}", true),
            new Row("GET download/get_token.cgi", "?url={link}", true),
            new Row("POST download/get_token.cgi", "url={link}", true),
            new Row("GET link/get_link.cgi", "?url={link}", true),
            new Row("POST link/get_link.cgi", "url={link}", true),
            new Row("POST file/info.cgi", "url={link}", true),
            Row.of("GET folder/list.cgi", "?folder_id={folder}"),
            Row.of("POST folder/list.cgi", "folder_id={folder}"),
            Row.of("POST file/ls.cgi", "folder_id={folder}"),
            Row.of("GET folder/create.cgi", "?name=x&folder_id={folder}"),
            Row.of("POST folder/create.cgi", "name=x&folder_id={folder}"),
            Row.of("GET folder/add.cgi", "?name=x&folder_id={folder}"),
            Row.of("POST folder/add.cgi", "name=x&folder_id={folder}"),
            Row.of("POST file/delete.cgi", "url={link}"),
            Row.of("POST file/delete.cgi", "folder_id={folder}"),
            Row.of("POST file/rename.cgi", "url={link}&name=x"),
            Row.of("POST file/move.cgi", "url={link}&folder_id=0"),
            Row.of("POST file/move.cgi", "url={spare}&folder_id={folder}"),
            Row.of("POST upload/get_upload_server.cgi", "url={link}"),
            Row.of("POST remote/remote.cgi", "url=https://source.example.org/&folder_id={folder}"),
            Row.of("POST upload/add_url.cgi", "url=https://source.example.org/&folder_id={folder}"),
            Row.of("POST upload.cgi", "{parts}"),
            Row.of("POST upload/upload.cgi", "{parts}"));
    return rows.flatMap(row ->
            Stream.of("/", "/v1/")
                .map(
                    prefix -> new Row(row.address.replace(" ", " " + prefix), row.body, row.opens)))
        .toList();
  }

  private Said ask(Row row, String key, String link, long folder) {
    String[] words = row.address.split(" ", 2);
    String said =
        row.body
            .replace("{link}", link)
            .replace("{spare}", spare)
            .replace("{folder}", Long.toString(folder));
    if (said.equals("{parts}")) {
      String parts =
          GuideStage.parts(
              "file", "up.txt", "mine", "api_key", key, "folder", Long.toString(folder));
      return stage.post(words[1], GuideStage.PARTS, parts);
    }
    return words[0].equals("GET")
        ? stage.get(words[1] + said, bearer(key))
        : stage.post(words[1], GuideStage.FORM, said + "&api_key=" + key);
  }

  /** An answer without what is new in each. */
  private static String bare(Said said) {
    return said.toString()
        .replaceAll("\\?[0-9a-z]{20}", "?LINK")
        .replaceAll("\"id\":\"[0-9A-Za-z]{10}\"", "ID")
        .replaceAll("(_storage\":)[0-9]+", "$1ROOM");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void foreignThings_areAnsweredAsMissingOnes(Row row) {
    Said missing = ask(row, mallory, NO_LINK, NO_FOLDER);
    for (Thing thing : things) {
      Said said = ask(row, mallory, thing.link, thing.folder);
      if (row.opens && !thing.what.equals("removed")) {
        assertThat(missing.outcome()).isEqualTo("404 KO Resource not found");
        assertThat(said.status()).as(thing.what).isEqualTo(200);
      } else {
        assertThat(bare(said)).as(thing.what).isEqualTo(bare(missing));
        assertThat(said.headers().map().keySet()).isEqualTo(missing.headers().map().keySet());
      }
    }
    Said listed = stage.get("/folder/list.cgi?folder_id=" + folder, bearer(alice));
    assertThat(listed.json().path("items").findValuesAsString("filename"))
        .containsExactly("secret.txt");
    assertThat(listed.json().path("sub_folders").size()).isZero();
  }

  /** Nobody learns from a dead key whether anything is there. */
  @ParameterizedTest
  @MethodSource("rows")
  void closedAccounts_areAnsweredAsNobody(Row row) {
    assertThat(ask(row, closed, link, folder).outcome()).isEqualTo("400 KO Invalid API key");
    assertThat(ask(row, "wrong", link, folder).outcome()).isEqualTo("400 KO Invalid API key");
  }

  /** An address without a row is one that nobody has thought about. */
  @Test
  void everyAddress_hasARow(@TempDir Path folder) {
    var random = new SecureRandom();
    var rows = new TreeSet<String>();
    rows().forEach(row -> rows.add(row.address));
    try (var database = Databases.sqlite(folder.resolve("consigne.db"));
        var blobs = new DiskBlobs(folder.resolve("blobs"), random);
        var domain =
            new Domain(database, blobs, InstantSource.system(), random, UsualChoices.choices())) {
      Set<String> addresses = new GuideFront(domain, token -> "/p" + token).addresses();
      assertThat(rows).isEqualTo(addresses);
    }
  }
}
