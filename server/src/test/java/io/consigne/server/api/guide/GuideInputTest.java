package io.consigne.server.api.guide;

import static io.consigne.server.api.guide.GuideStage.FORM;
import static io.consigne.server.api.guide.GuideStage.JSON;
import static io.consigne.server.api.guide.GuideStage.PARTS;
import static io.consigne.server.api.guide.GuideStage.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no article tells to send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideInputTest {
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

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "``           | body must be a JSON object, {} at least",
        "[]           | body must be a JSON object, {} at least",
        "url=x        | body must be a JSON object, {} at least",
        "{            | body must be a JSON object: not JSON in column 2",
        "{} {}        | body must be a JSON object: not JSON in column 4",
        "{\"url\":1,\"url\":2} | body must be a JSON object: \"url\" is there twice",
        "{}           | url is missing",
        "{\"url\":null} | url is missing",
        "{\"url\":\"\"} | url is missing",
        "{\"url\":{}} | url must be a text or a number",
        "{\"urls\":[[]]} | urls must be a text or a number",
        "{\"url\":\"\\ud800\"} | url must be whole Unicode characters",
        "{\"folder_id\":\"x\"} | folder_id must be a whole number: x",
        "{\"folder_id\":1,\"folder\":2} | folder_id is there with several values",
      })
  void deleting_bySomethingElse_isRefusedWithTheRule(String body, String message) {
    assertThat(stage.post("/file/delete.cgi", JSON, body, bearer(key)).outcome())
        .isEqualTo("400 KO " + message);
  }

  @Test
  void missingParameters_areNamed() {
    assertThat(stage.get("/folder/create.cgi", bearer(key)).outcome())
        .isEqualTo("400 KO name is missing");
    assertThat(stage.get("/download/save.cgi?url=", bearer(key)).outcome())
        .isEqualTo("400 KO url is missing");
    assertThat(stage.post("/file/move.cgi", FORM, "url=abcdefghij", bearer(key)).outcome())
        .isEqualTo("400 KO destination_folder_id is missing");
    assertThat(stage.post("/file/rename.cgi", FORM, "name=x", bearer(key)).outcome())
        .isEqualTo("400 KO url is missing");
    assertThat(stage.get("/download/save.cgi?url=ab&link=cd", bearer(key)).outcome())
        .isEqualTo("400 KO url is there with several values");
  }

  @Test
  void uploads_thatAreNone_keepNothing() {
    String whole = GuideStage.parts("file", "a.txt", "bytes");
    String cut = whole.substring(0, whole.length() - 12);
    assertThat(stage.post("/v1/upload.cgi", PARTS, cut, bearer(key)).status()).isEqualTo(400);
    assertThat(stage.post("/v1/upload.cgi", JSON, "{}", bearer(key)).status()).isEqualTo(400);
    assertThat(stage.post("/v1/upload.cgi", PARTS, "--edge--\r\n", bearer(key)).status())
        .isEqualTo(400);
    String elsewhere = GuideStage.parts("file", "a.txt", "bytes", "folder", "x");
    assertThat(stage.post("/v1/upload.cgi", PARTS, elsewhere, bearer(key)).outcome())
        .isEqualTo("400 KO folder_id must be a whole number: x");
    assertThat(stage.get("/folder/list.cgi", bearer(key)).json().path("count").asInt()).isZero();
  }

  @Test
  void bodies_thatAreTooLarge_areRefused() {
    String large = "{\"url\":\"" + "x".repeat(GuideLimits.BODY_BYTES) + "\"}";
    assertThat(stage.post("/file/delete.cgi", JSON, large, bearer(key)).status()).isEqualTo(413);
    assertThat(stage.post("/v1/file/rename.cgi", JSON, large).status()).isEqualTo(401);
  }

  /** Sixty strangers, each with 600 fields of 16 KiB, took all memory of a host. */
  @Test
  void fields_thatAreTooMany_areRefusedBeforeTheKeyIsLookedFor() {
    var body = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      body.append("--edge\r\nContent-Disposition: form-data; name=\"any")
          .append(i)
          .append("\"\r\n\r\n")
          .append("x".repeat(16_000))
          .append("\r\n");
    }
    body.append("--edge--");
    assertThat(stage.post("/upload/upload.cgi", PARTS, body.toString()).outcome())
        .isEqualTo("413 KO All fields together are larger than 65536 bytes");
  }

  /** A link that is opened in a browser removes nothing. */
  @Test
  void changes_byGet_areRefused() {
    String link = stage.upload(key, "kept.txt", "bytes");
    for (String path : new String[] {"/file/delete.cgi", "/v1/file/delete.cgi"}) {
      var said = stage.get(path + "?api_key=" + key + "&url=" + link);
      assertThat(said.outcome()).isEqualTo("405 KO Method not allowed");
      assertThat(said.headers().firstValue("Allow")).contains("POST");
    }
    assertThat(stage.get("/download/save.cgi?url=" + link, bearer(key)).status()).isEqualTo(200);
    stage.post("/file/delete.cgi", FORM, "url=" + link, bearer(key));
  }

  @Test
  void limits_areAsDocumented() {
    assertThat(GuideLimits.BODY_BYTES).isEqualTo(65_536);
    assertThat(GuideLimits.PEEK_BYTES).isEqualTo(16_384);
    assertThat(GuideLimits.BODY_TIME).hasSeconds(60);
    assertThat(GuideLimits.JSON_DEPTH).isEqualTo(5);
    assertThat(GuideLimits.JSON_TOKENS).isEqualTo(5_000);
    assertThat(GuideLimits.FILES_PER_CALL).isEqualTo(1_000);
    assertThat(GuideLimits.PARTS).isEqualTo(600);
    assertThat(GuideLimits.FIELD_BYTES).isEqualTo(16_384);
    assertThat(GuideLimits.DRAIN_BYTES).isEqualTo(67_108_864L);
  }
}
