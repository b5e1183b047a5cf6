package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody whose host does not run waited half a minute, and was not told for what. */
final class HostDownTest {
  @TempDir private Path home;

  @Test
  void command_saysAtOnceWhatItWaitsFor_andGivesUpSoon() {
    String url = "http://127.0.0.1:1";
    var out = new ByteArrayOutputStream();
    var environment =
        Map.of("HOME", home.toString(), "CONSIGNE_URL", url, "CONSIGNE_API_KEY", "a-key-of-alice");
    var around = new Surroundings(environment, InputStream.nullInputStream(), out, false, false);
    Run run = Run.within(around, out, "ls", "/");
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.out()).isEmpty();
    String broken = "the connection broke: POST " + url + ": nothing answers there";
    assertThat(run.err().lines())
        .containsExactly(
            "consigne: trying again for a few seconds: " + broken,
            "consigne: "
                + broken
                + "; is the address right, and does the host run? Try again later");
  }
}
