package io.consigne.server.api.guide;

import static io.consigne.server.api.guide.GuideStage.FORM;
import static io.consigne.server.api.guide.GuideStage.JSON;
import static io.consigne.server.api.guide.GuideStage.PARTS;
import static io.consigne.server.api.guide.GuideStage.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.consigne.server.api.guide.GuideStage.Said;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A key is taken where articles put it, warned about in an address, and never told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyPlacesTest {
  private static final String INVALID = "400 KO Invalid API key";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Level before = Level.WARN;
  private GuideStage stage;
  private String key;
  private String other;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    before = root.getLevel();
    stage = new GuideStage(folder);
    key = stage.account("alice", "PREMIUM");
    other = stage.account("bob", "FREE");
    log.start();
    root.addAppender(log);
  }

  @AfterAll
  void stop() {
    root.detachAppender(log);
    root.setLevel(before);
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/user/info.cgi?api_key=",
        "/v1/user/info.cgi?apikey=",
        "/nothing.cgi?api_key=",
        "/v1/file/rm.cgi?api_key=",
        "/user/info.cgi?broken=%ff&api_key="
      })
  void keyInAddress_isWarnedAbout_whateverTheAnswer(String target) {
    for (String tried : List.of(key, "wrong")) {
      Said said = stage.get(target + tried);
      assertThat(said.header("Cache-Control")).isEqualTo("no-store");
      assertThat(said.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(said.header("Warning")).startsWith("299 - \"the api key stood in the address");
      assertThat(said.json().path("warning").asString()).contains("Authorization: Bearer");
      assertThat(said.text() + said.headers().map()).doesNotContain(key);
    }
  }

  @Test
  void keyElsewhere_isNotWarnedAbout() {
    Said said = stage.get("/user/info.cgi", bearer(key));
    assertThat(said.header("Warning")).isEmpty();
    assertThat(said.json().has("warning")).isFalse();
    assertThat(said.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void keyInAddress_withCookies_isRefused() {
    Said said = stage.get("/user/info.cgi?api_key=" + key, "Cookie", "SID=x");
    assertThat(said.outcome()).isEqualTo(INVALID);
    assertThat(said.json().path("detail").asString())
        .isEqualTo("api_key is not taken from an address together with cookies");
    assertThat(
            stage.get("/user/info.cgi", "Authorization", "Bearer " + key, "Cookie", "a=b").status())
        .isEqualTo(200);
  }

  /** Whose call it is would depend on which one is looked at first. */
  @Test
  void keysThatDiffer_areRefused_equalOnesAreNot() {
    String info = "/user/info.cgi?api_key=";
    assertThat(stage.get(info + key, bearer(other)).outcome()).isEqualTo(INVALID);
    assertThat(stage.get(info + key + "&apikey=" + other).outcome()).isEqualTo(INVALID);
    assertThat(stage.post(info + key, FORM, "api_key=" + other).outcome()).isEqualTo(INVALID);
    assertThat(
            stage
                .post("/user/info.cgi", JSON, "{\"api_key\":\"" + other + "\"}", bearer(key))
                .outcome())
        .isEqualTo(INVALID);
    assertThat(stage.get(info + key + "&apikey=" + key, bearer(key)).status()).isEqualTo(200);
    String late = GuideStage.parts("file", "a.txt", "bytes").replace("--edge--\r\n", "");
    String second = GuideStage.parts("file", "b.txt", "bytes", "api_key", other);
    assertThat(stage.post("/v1/upload.cgi", PARTS, late + second, bearer(key)).outcome())
        .isEqualTo(INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?api_key=", "?api_key=wrong", "?api_key=%20"})
  void noKey_orAWrongOne_isTheArticlesText(String query) {
    assertThat(stage.get("/user/info.cgi" + query).outcome()).isEqualTo(INVALID);
    assertThat(stage.get("/v1/folder/list.cgi" + query).outcome()).isEqualTo(INVALID);
    assertThat(stage.post("/file/delete.cgi" + query, JSON, "{}").outcome()).isEqualTo(INVALID);
    assertThat(
            stage
                .post("/v1/upload.cgi" + query, PARTS, GuideStage.parts("file", "a", "b"))
                .outcome())
        .isEqualTo(INVALID);
  }

  @Test
  void freePlan_isDeniedDownloads() {
    String link = stage.upload(other, "a.txt", "bytes");
    Said said = stage.get("/download/save.cgi?api_key=" + other + "&url=" + link);
    assertThat(said.outcome()).isEqualTo("403 KO Access denied");
    assertThat(said.json().path("detail").asString()).contains("plan");
  }

  /** Also at the log's most talkative, and for requests that the container itself refuses. */
  @Test
  void key_isInNoLogLine() throws IOException {
    root.setLevel(Level.TRACE);
    log.list.clear();
    stage.get("/user/info.cgi?api_key=" + key);
    stage.get("/user/info.cgi?api_key=" + key + "%ff");
    stage.post("/file/delete.cgi", FORM, "api_key=" + key + "&url=%zz");
    stage.post("/file/delete.cgi", JSON, "{\"api_key\":\"" + key + "\",}");
    stage.post("/upload.cgi", PARTS, GuideStage.parts("file", "a", "b", "api_key", key));
    stage.post("/upload.cgi?api_key=" + key, PARTS, "--edge\r\nbroken");
    int port = URI.create(stage.origin()).getPort();
    for (String target :
        List.of("/user/info.cgi?api_key=" + key + "\"<>", "/a{?api_key=" + key, "x?" + key)) {
      try (var wire = new Wire(port)) {
        wire.send("GET " + target + " HTTP/1.1|Host: a|Connection: close||");
        assertThat(new String(wire.rest(), StandardCharsets.ISO_8859_1))
            .startsWith("HTTP/1.1 400")
            .doesNotContain(key);
      }
    }
    root.setLevel(before);
    List<String> lines =
        List.copyOf(log.list).stream()
            .map(event ->
                event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
            .toList();
    assertThat(lines).noneMatch(line -> line.contains(key));
  }
}
