package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** sync, check, diff and dedupe as a script calls them. */
@SuppressWarnings("NullAway.Init") // set before each test
class SyncCommandsTest {
  @TempDir private Path directory;
  private Path local;
  private StandIn host;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
    local = directory.resolve("local");
    Files.createDirectories(local.resolve("deep"));
    Files.writeString(local.resolve("a.txt"), "twice");
    Files.writeString(local.resolve("deep/b.txt"), "twice");
    Files.writeString(local.resolve("c.txt"), "once");
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  private Ended run(String... arguments) {
    return run("", false, arguments);
  }

  private Ended run(String typed, boolean person, String... arguments) {
    var around =
        new Surroundings(
            Map.of(
                "HOME", directory.toString(),
                "CONSIGNE_URL", host.url().toString(),
                "CONSIGNE_API_KEY", "standin-key-of-alice"),
            new ByteArrayInputStream(typed.getBytes(UTF_8)),
            new ByteArrayOutputStream(),
            person,
            false);
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine program = Program.forArguments(around, arguments);
    program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = program.execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private String folder() {
    return local.toString();
  }

  @Test
  void dryRun_showsWhatTheRunThenDoes() {
    Ended rehearsed = run("sync", "--dry-run", folder(), ":/Backup");
    assertThat(rehearsed.out())
        .isEqualTo(
            "mkdir \nmkdir deep\nsend a.txt\nsend c.txt\nsend deep/b.txt\n"
                .replace("\n", System.lineSeparator()));
    assertThat(host.files().contents()).isEmpty();
    Ended done = run("sync", folder(), ":/Backup");
    assertThat(done.code()).isZero();
    assertThat(done.out().lines())
        .as("several folders are sent into at once")
        .containsExactlyInAnyOrderElementsOf(rehearsed.out().lines().toList());
    assertThat(host.files().contents()).containsOnlyKeys("a.txt", "b.txt", "c.txt");
  }

  @Test
  void checkAndDiff_tellWhatDiffers() throws IOException {
    run("sync", folder(), ":/Backup");
    assertThat(run("check", folder(), ":/Backup").code()).isZero();
    Files.writeString(local.resolve("c.txt"), "other");
    Files.writeString(local.resolve("new.txt"), "x");
    Files.delete(local.resolve("a.txt"));
    Ended ended = run("diff", folder(), ":/Backup");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out().lines()).containsExactly("- a.txt", "* c.txt", "+ new.txt");
    assertThat(run("check", "--json", folder(), ":/Backup").out())
        .contains("{\"path\":\"c.txt\",\"state\":\"different\"}");
  }

  @Test
  void delete_wantsYesInAScript() throws IOException {
    run("sync", folder(), ":/Backup");
    Files.delete(local.resolve("a.txt"));
    Ended refused = run("sync", "--delete", folder(), ":/Backup");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("1 file will be removed. Go on? A script must say --yes.");
    assertThat(host.files().contents()).containsKey("a.txt");
    assertThat(run("sync", "--delete", "--yes", folder(), ":/Backup").out())
        .isEqualTo("remove a.txt" + System.lineSeparator());
    assertThat(host.files().contents()).doesNotContainKey("a.txt");
  }

  @Test
  void dedupe_leavesOne() {
    run("sync", folder(), ":/Backup");
    Ended report = run("dedupe", "--json", "--dry-run", "--keep", "first_path", "/");
    assertThat(report.code()).isZero();
    assertThat(report.out()).contains("\"freed\":5", "\"path\":\"/Backup/deep/b.txt\"");
    assertThat(host.files().contents()).hasSize(3);
    assertThat(run("dedupe", "--yes", "--keep", "first_path").code()).isZero();
    assertThat(host.files().contents()).containsOnlyKeys("a.txt", "c.txt");
  }

  @Test
  void dedupeThatAsks_keepsWhatIsChosen() {
    run("sync", folder(), ":/Backup");
    assertThat(run("dedupe", "--keep", "ask").err()).contains("asks a person on a terminal");
    Ended none = run("\n", true, "dedupe", "--keep", "ask");
    assertThat(none.err()).isEqualTo("Keep which? Enter keeps all. [1-2] ");
    assertThat(host.files().contents()).containsOnlyKeys("a.txt", "b.txt", "c.txt");
    Ended second = run("3\nx\n0\n2\n", true, "dedupe", "--keep", "ask");
    assertThat(second.code()).isZero();
    String kept = second.out().lines().toList().get(2).replaceFirst(".*/", "");
    assertThat(host.files().contents()).containsOnlyKeys("c.txt", kept);
  }

  @Test
  void twoLocalSides_areMisuse() {
    Ended ended = run("sync", folder(), folder());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("one side must be remote");
  }
}
