package io.consigne.server.api.guide;

import static io.consigne.server.api.guide.GuideStage.FORM;
import static io.consigne.server.api.guide.GuideStage.JSON;
import static io.consigne.server.api.guide.GuideStage.PARTS;
import static io.consigne.server.api.guide.GuideStage.bearer;
import static io.consigne.server.api.guide.GuideStage.coded;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.guide.GuideStage.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of the articles, with and without {@code /v1}, the key in each of its places. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurlLinesTest {
  private GuideStage stage;
  private String key;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    stage = new GuideStage(folder);
    key = stage.account("alice", "PREMIUM");
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  /** A GET with the key in the address, or in the header. */
  private Said get(String path, String place) {
    return place.equals("bearer")
        ? stage.get(path, bearer(key))
        : stage.get(path + (path.contains("?") ? "&" : "?") + place + "=" + key);
  }

  /** A POST of parameters as JSON or form, with the key in any place. */
  private Said post(String path, String place, String name, String value) {
    String json = "\"" + name + "\":\"" + value + "\"";
    return switch (place) {
      case "bearer" -> stage.post(path, JSON, "{" + json + "}", bearer(key));
      case "query" -> stage.post(path + "?api_key=" + key, FORM, "{" + json + "}");
      case "json" -> stage.post(path, JSON, "{\"api_key\":\"" + key + "\"," + json + "}");
      case "form" -> stage.post(path, FORM, "apikey=" + key + "&" + name + "=" + coded(value));
      default -> throw new IllegalArgumentException(place);
    };
  }

  @ParameterizedTest
  @CsvSource({"'',bearer", "'',api_key", "'',apikey", "/v1,bearer", "/v1,api_key"})
  void userInfo_tellsAboutTheAccount(String prefix, String place) {
    Said said = get(prefix + "/user/info.cgi", place);
    assertThat(said.outcome()).isEqualTo("200 OK");
    assertThat(said.json().path("email").asString()).isEqualTo("alice@example.org");
    assertThat(said.json().path("premium").asBoolean()).isTrue();
    assertThat(said.json().path("offer").isNumber()).isTrue();
    assertThat(said.json().path("allowed_storage").asLong()).isEqualTo(2_000_000_000_000L);
    assertThat(said.json().path("available_storage").asLong()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "/upload.cgi,header",
    "/upload.cgi,query",
    "/upload.cgi,api_key",
    "/upload.cgi,apikey",
    "/v1/upload.cgi,header",
    "/v1/upload.cgi,query",
    "/v1/upload.cgi,apikey",
    "/v1/upload/upload.cgi,header",
    "/upload/upload.cgi,api_key"
  })
  void upload_andDownload_giveTheBytesBack(String path, String place) {
    String content = "the bytes of " + path + place;
    Said said =
        switch (place) {
          case "header" ->
              stage.post(path, PARTS, GuideStage.parts("file", "a.txt", content), bearer(key));
          case "query" ->
              stage.post(
                  path + "?api_key=" + key, PARTS, GuideStage.parts("file", "a.txt", content));
          default ->
              stage.post(path, PARTS, GuideStage.parts("file", "a.txt", content, place, key));
        };
    assertThat(said.outcome()).isEqualTo("200 OK");
    String link = said.json().path("url").asString();
    assertThat(link).startsWith(stage.origin() + "/?");
    assertThat(said.json().path("links").path(0).path("download").asString()).isEqualTo(link);
    assertThat(said.json().path("size").asLong()).isEqualTo(content.length());
    for (String call :
        new String[] {
          "/download/save.cgi", "/v1/download/save.cgi", "/v1/download/get_token.cgi"
        }) {
      Said token = get(call + "?url=" + link, "api_key");
      assertThat(token.outcome()).isEqualTo("200 OK");
      assertThat(stage.get(token.json().path("url").asString()).text()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer", "query", "json", "form"})
  void linkAndInfo_tellAboutAFile(String place) {
    String link = stage.upload(key, "b.txt", "bytes");
    Said direct = post("/v1/link/get_link.cgi", place, "url", link);
    assertThat(direct.outcome()).isEqualTo("200 OK");
    assertThat(stage.get(direct.json().path("url").asString()).text()).isEqualTo("bytes");
    Said info = post("/file/info.cgi", place, "url", link);
    assertThat(info.json().path("filename").asString()).isEqualTo("b.txt");
    assertThat(info.json().path("url").asString()).isEqualTo(link);
  }

  @ParameterizedTest
  @CsvSource({"'',bearer", "'',api_key", "/v1,bearer", "/v1,api_key"})
  void folders_areMade_andListed(String prefix, String place) {
    String name = "Docs" + prefix.length() + place;
    Said made = get(prefix + "/folder/create.cgi?name=" + name, place);
    assertThat(made.outcome()).isEqualTo("200 OK");
    long id = made.json().path("folder_id").asLong();
    String link = stage.upload(key, "in.txt", "inside", "folder", Long.toString(id));
    Said listed = get(prefix + "/folder/list.cgi?folder_id=" + id, place);
    assertThat(listed.json().path("name").asString()).isEqualTo(name);
    assertThat(listed.json().path("count").asLong()).isEqualTo(1);
    assertThat(listed.json().path("items").path(0).path("url").asString()).isEqualTo(link);
    assertThat(listed.json().path("items").path(0).path("size").asLong()).isEqualTo(6);
    Said root = get(prefix + "/folder/list.cgi", place);
    assertThat(root.json().path("sub_folders").findValuesAsString("name")).contains(name);
  }

  @ParameterizedTest
  @CsvSource({"bearer,''", "query,/v1", "json,/v1", "form,''", "form,/v1"})
  void files_areRenamed_moved_andDeleted(String place, String prefix) {
    String link = stage.upload(key, "old.txt", "bytes");
    String renamed = "{\"url\":\"" + link + "\",\"filename\":\"new.txt\"}";
    assertThat(stage.post("/file/rename.cgi", JSON, renamed, bearer(key)).json().path("filename"))
        .hasToString("\"new.txt\"");
    long folder = stage.folder(key, "Moved" + place + prefix.length());
    String target = prefix + "/file/move.cgi";
    Said moved =
        stage.post(
            target,
            JSON,
            "{\"urls\":[\"" + link + "\"],\"folder_id\":" + folder + "}",
            bearer(key));
    assertThat(moved.outcome()).isEqualTo("200 OK");
    String list = "/folder/list.cgi?folder_id=" + folder;
    assertThat(get(list, "bearer").json().path("count").asInt()).isEqualTo(1);
    Said deleted = post(prefix + "/file/delete.cgi", place, "url", link);
    assertThat(deleted.outcome()).isEqualTo("200 OK");
    assertThat(deleted.json().path("removed").asInt()).isEqualTo(1);
    assertThat(get(list, "bearer").json().path("count").asInt()).isZero();
    assertThat(post(prefix + "/file/delete.cgi", place, "folder_id", folder + "").outcome())
        .isEqualTo("200 OK");
    assertThat(get(list, "bearer").outcome()).isEqualTo("404 KO Resource not found");
  }

  /** At the paths of 1fichier's own API the key in another place decides. */
  @ParameterizedTest
  @ValueSource(strings = {"query", "json", "form"})
  void rename_belowV1_isTheGuides_withItsKey(String place) {
    String link = stage.upload(key, "c.txt", "bytes");
    Said said = post("/v1/file/rename.cgi", place, "url", link);
    assertThat(said.outcome()).isEqualTo("400 KO filename is missing");
    assertThat(post("/v1/file/rename.cgi", "bearer", "url", link).outcome())
        .startsWith("400 KO urls");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/remote/remote.cgi", "/v1/remote/remote.cgi", "/v1/upload/add_url.cgi"})
  void remoteUpload_isTaken_andShowsNoPassword(String path) {
    Said taken = post(path, "bearer", "url", "ftp://alice:hush@localhost/x");
    assertThat(taken.outcome()).isEqualTo("200 OK");
    assertThat(taken.json().path("id").isIntegralNumber()).isTrue();
    assertThat(taken.json().path("urls").toString()).isEqualTo("[\"ftp://localhost/x\"]");
    assertThat(post(path, "bearer", "folder_id", "0").outcome())
        .isEqualTo("400 KO urls is missing");
  }

  /** Once it was not told, and the source shown as one that is fetched. */
  @ParameterizedTest
  @ValueSource(strings = {"/remote/remote.cgi", "/v1/upload/add_url.cgi"})
  void refusedSource_isNamed_andTheOthersAreTaken(String path) {
    Said taken =
        stage.post(
            path,
            JSON,
            "{\"urls\":[\"http://localhost/a\",\"http://localhost:25/b?c=d\"]}",
            bearer(key));
    assertThat(taken.outcome()).isEqualTo("200 OK");
    assertThat(taken.json().path("urls").size()).isEqualTo(2);
    assertThat(taken.json().path("refused"))
        .hasToString(
            "[{\"position\":1,\"url\":\"http://localhost:25/b?c=d\","
                + "\"message\":\"This host does not fetch from port 25\"}]");
    assertThat(post(path, "bearer", "url", "http://localhost/a").json().has("refused")).isFalse();
  }

  @Test
  void uploadServer_isNamed() {
    Said said = stage.post("/upload/get_upload_server.cgi", JSON, "{}", bearer(key));
    assertThat(said.json().path("url").asString())
        .isEqualTo(stage.origin().substring("http://".length()));
  }

  /** What 1fichier's own clients send keeps its own answers. */
  @Test
  void requestsOf1fichiersApi_stayItsOwn() {
    Said info = stage.post("/v1/user/info.cgi", JSON, "{}", bearer(key));
    assertThat(info.json().path("offer").isString()).isTrue();
    String files = GuideStage.parts("file[]", "d.txt", "bytes");
    assertThat(stage.post("/upload.cgi", PARTS, files, bearer(key)).status()).isEqualTo(302);
    assertThat(stage.post("/upload.cgi?id=abc", PARTS, files, bearer(key)).status()).isEqualTo(302);
    assertThat(stage.post("/upload.cgi", PARTS, files).status()).isEqualTo(401);
    assertThat(stage.get("/v1/file/ls.cgi", bearer(key)).status()).isEqualTo(405);
  }
}
