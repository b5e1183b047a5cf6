package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a failure ends: what they did before is told, and is whole. */
@SuppressWarnings("NullAway.Init") // set before each test
final class BrokenRunTest {
  private static final int MORE_THAN_ONE_REQUEST = 501;

  @TempDir private Path home;
  private volatile boolean isArmed;
  private StandIn host;

  @BeforeEach
  void start() throws IOException {
    host = new StandIn(Timing.SYSTEM, this::breakAfterOne);
    Files.createDirectory(home.resolve("up"));
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  /** The first upload ends well, and the host wants no second. */
  private Fault breakAfterOne(String path) {
    if (isArmed && path.equals("/upload.cgi")) {
      host.refuse("/v1/upload/get_upload_server.cgi", "Something that nobody knows");
    }
    return Fault.NONE;
  }

  private Run run(String... arguments) {
    return Run.against(host, home, arguments);
  }

  /** Files of the first requests were there twice from then on. */
  @Test
  void put_removesWhatItHasReplaced() throws IOException {
    for (int i = 0; i < MORE_THAN_ONE_REQUEST; i++) {
      Files.writeString(home.resolve("up/%03d".formatted(i)), "x");
    }
    String up = home.resolve("up") + "/.";
    assertThat(run("put", "-r", up, "/").exitCode()).isZero();
    isArmed = true;
    Run broken = run("put", "-r", "--if-exists=replace", "--transfers=1", up, "/");
    assertThat(broken)
        .isEqualTo(
            new Run(
                4,
                "",
                "consigne: 500 of 501 files done before this\n"
                    + "consigne: the host refused: Something that nobody knows\n"));
    assertThat(host.files().contents())
        .hasSize(MORE_THAN_ONE_REQUEST)
        .allSatisfy((_, texts) -> assertThat(texts).isEqualTo(List.of("x")));
  }

  @Test
  void sync_tellsWhatItDid() throws IOException {
    for (String folder : List.of("a", "b")) {
      Files.writeString(Files.createDirectory(home.resolve("up/" + folder)).resolve("file"), "x");
    }
    isArmed = true;
    Run broken = run("sync", "--transfers=1", home.resolve("up").toString(), ":/");
    assertThat(broken)
        .isEqualTo(
            new Run(
                4,
                "mkdir a\nmkdir b\nsend a/file\n",
                "consigne: 3 done, 0 failed, 1 not tried\n"
                    + "consigne: the host refused: Something that nobody knows\n"));
  }

  /** With JSON it was told in words alone. */
  @Test
  void jsonOfSync_hasDataAndError() throws IOException {
    for (String folder : List.of("a", "b")) {
      Files.writeString(Files.createDirectory(home.resolve("up/" + folder)).resolve("file"), "x");
    }
    isArmed = true;
    Run broken = run("sync", "--json", "--transfers=1", home.resolve("up").toString(), ":/");
    assertThat(broken.exitCode()).isEqualTo(4);
    assertThat(broken.out())
        .startsWith("{\"consigne\":1,\"command\":\"sync\",\"data\":{\"dryRun\":false,")
        .contains("{\"do\":\"send\",\"path\":\"a/file\",\"sizeBytes\":1}]")
        .contains(
            "\"notTried\":1},\"error\":{\"kind\":\"denied\",\"exit\":4,"
                + "\"message\":\"the host refused: Something that nobody knows\"},\"warnings\":[")
        .containsOnlyOnce("\n");
  }

  @Test
  void jsonOfPut_hasWhatWasStoredAndTheError() throws IOException {
    for (String name : List.of("a", "b")) {
      Files.writeString(Files.createDirectory(home.resolve("up/" + name)).resolve("file"), "x");
    }
    isArmed = true;
    Run broken =
        run("put", "-r", "--json", "--transfers=1", home.resolve("up").toString() + "/.", "/");
    assertThat(broken.exitCode()).isEqualTo(4);
    assertThat(broken.out())
        .contains("\"to\":\"/a/file\",\"state\":\"stored\"}],\"error\":{\"kind\":\"denied\",")
        .containsOnlyOnce("\n");
  }
}
