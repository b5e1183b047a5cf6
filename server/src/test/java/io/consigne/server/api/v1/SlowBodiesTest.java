package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.http.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large JSON bodies of one account that come slowly, and answers that it does not take. Four of
 * either kept everybody's large calls away, for as long as they liked.
 */
class SlowBodiesTest {
  private static final String ALICE = "alice@example.org";
  private static final String BOB = "bob@example.org";
  private static final String LARGE = "{\"pad\":\"" + "x".repeat(100_000) + "\"}";

  @TempDir private Path folder;

  private static String head(WiredHost host, String who, String path) {
    return "POST /v1/%s HTTP/1.1|Host: a|Content-Type: application/json|%sContent-Length: %d||"
        .formatted(path, host.bearer(who), LARGE.length());
  }

  private static int listsLarge(WiredHost host, String who) {
    return RawCall.status(
        RawCall.send(
            host.port(),
            "POST /v1/folder/ls.cgi",
            "Content-Type: application/json|" + host.bearer(who),
            LARGE));
  }

  /** It was refused after 10 seconds, in words about something else. */
  @Test
  void nextBodyOfAnAccount_waits_whileTheOneBeforeMayCome() {
    assertThat(JsonBodies.COMING.own()).isEqualTo(WireLimits.BODY_TIME);
    assertThat(JsonBodies.COMING.words().formatted(1))
        .isEqualTo("Of an account only 1 large request is read at a time");
  }

  @Test
  void slowBodies_keepNobodyElseWaiting() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      host.account(BOB);
      var slow = new ArrayList<Wire>();
      for (int i = 0; i < 10; i++) {
        slow.add(
            new Wire(host.port())
                .send(head(host, ALICE, "folder/ls.cgi"))
                .send(LARGE.substring(0, 70_000)));
      }
      assertThat(listsLarge(host, BOB)).isEqualTo(200);
      for (Wire wire : slow) {
        wire.close();
      }
    }
  }
}
