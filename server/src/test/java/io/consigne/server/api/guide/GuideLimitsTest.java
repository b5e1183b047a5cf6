package io.consigne.server.api.guide;

import static io.consigne.server.api.guide.GuideStage.FORM;
import static io.consigne.server.api.guide.GuideStage.PARTS;
import static io.consigne.server.api.guide.GuideStage.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.guide.GuideStage.Said;
import io.consigne.server.api.v1.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide is no way around the limits, and says so in its own words. */
class GuideLimitsTest {
  private static final String TOO_FAST = "429 KO Rate limit exceeded";

  private GuideStage stage;
  private String key;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    stage = new GuideStage(TestHost.limited(folder));
    key = stage.account("alice", "PREMIUM");
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private Said guideInfo() {
    return stage.get("/user/info.cgi", bearer(key));
  }

  private Said ownInfo() {
    return stage.post("/v1/user/info.cgi", GuideStage.JSON, "{}", bearer(key));
  }

  private static long retryAfter(Said said) {
    return Long.parseLong(said.header("Retry-After"));
  }

  /** A key in the address, whatever key, made any path the guide's, which charged nobody. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /none.cgi?api_key=x",
        "PUT /user/info.cgi?api_key=x",
        "GET /user/info.cgi?api_key=%ff"
      })
  void whatNobodyAnswers_isCharged(String line) {
    String[] words = line.split(" ", 2);
    int asked = 0;
    Said said = stage.send(words[0], words[1], "", "");
    while (asked < 200 && said.status() != 429) {
      asked++;
      said = stage.send(words[0], words[1], "", "");
    }
    assertThat(asked).isBetween(10, 100);
    assertThat(said.headers().allValues("RateLimit"))
        .anyMatch(fields -> fields.contains("\"address-nowhere\";r=0;"));
  }

  @Test
  void accountsAreRead_fromOneAllowance_whateverTheDialect() {
    for (int i = 0; i < 5; i++) {
      assertThat((i % 2 == 0 ? guideInfo() : ownInfo()).status()).isEqualTo(200);
    }
    Said refused = guideInfo();
    assertThat(refused.outcome()).isEqualTo(TOO_FAST);
    assertThat(refused.json().path("detail").asString())
        .isEqualTo("Too many calls of this account");
    assertThat(retryAfter(refused)).isBetween(200L, 301L);
    assertThat(refused.headers().allValues("RateLimit-Policy"))
        .anyMatch(line -> line.contains("\"account-user-info\";q=5;w=1500"));
    assertThat(refused.headers().allValues("RateLimit"))
        .anyMatch(line -> line.contains("\"account-user-info\";r=0;t="));
    assertThat(ownInfo().status()).isEqualTo(429);
  }

  @Test
  void aKey_isHeldBack() {
    Said said = stage.get("/folder/list.cgi", bearer(key));
    for (int i = 0; i < 1_000 && said.status() == 200; i++) {
      said = stage.get("/folder/list.cgi", bearer(key));
    }
    assertThat(said.outcome()).isEqualTo(TOO_FAST);
    assertThat(retryAfter(said)).isEqualTo(1);
    assertThat(said.json().path("detail").asString()).isEqualTo("Too many calls of this key");
  }

  @Test
  void wrongKeys_andNone_areHeldBack_andTheRightOneIsNot() {
    Said said = stage.get("/folder/list.cgi?api_key=wrong");
    for (int i = 0; i < 500 && said.status() == 400; i++) {
      said = i % 2 == 0 ? stage.get("/folder/list.cgi") : stage.get("/user/info.cgi?apikey=no");
    }
    assertThat(said.outcome()).isEqualTo(TOO_FAST);
    assertThat(stage.get("/folder/list.cgi?api_key=" + key).status()).isEqualTo(200);
  }

  @Test
  void uploadsAndTokens_areCharged() {
    Said kept =
        stage.post("/upload.cgi", PARTS, GuideStage.parts("file", "a.txt", "hello"), bearer(key));
    assertThat(kept.headers().allValues("RateLimit"))
        .anyMatch(line -> line.startsWith("\"key\";r="))
        .anyMatch(line -> line.contains("\"account-upload\";r=59"));
    String url = kept.json().path("url").asString();
    Said saved =
        stage.post("/download/save.cgi", FORM, "url=" + GuideStage.coded(url), bearer(key));
    assertThat(saved.status()).isEqualTo(200);
    assertThat(saved.header("RateLimit")).startsWith("\"key\";r=");
  }
}
