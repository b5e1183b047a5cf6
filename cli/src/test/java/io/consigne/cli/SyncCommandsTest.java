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
import java.util.ArrayList;
import java.util.List;
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
            "mkdir .\nmkdir deep\nsend a.txt\nsend c.txt\nsend deep/b.txt\n"
                .replace("\n", System.lineSeparator()));
    assertThat(host.files().contents()).isEmpty();
    Ended done = run("sync", folder(), ":/Backup");
    assertThat(done.code()).isZero();
    assertThat(done.out().lines())
        .as("several folders are sent into at once")
        .containsExactlyInAnyOrderElementsOf(rehearsed.out().lines().toList());
    assertThat(host.files().contents()).containsOnlyKeys("a.txt", "b.txt", "c.txt");
  }

  /** Of sync it was a note, which --quiet and --json leave out, and dedupe did not say it. */
  @Test
  void dryRun_saysSoToWhoIsQuiet() {
    run("sync", folder(), ":/Backup");
    for (String how : List.of("--quiet", "--json")) {
      for (List<String> command :
          List.of(List.of("sync", folder(), ":/Backup"), List.of("dedupe", "/Backup"))) {
        var all = new ArrayList<>(command);
        all.addAll(List.of("--dry-run", how));
        Ended ended = run(all.toArray(String[]::new));
        assertThat(ended.err()).as(all.toString()).isEqualTo("consigne: nothing was done\n");
        assertThat(ended.code()).isZero();
      }
    }
  }

  /** It said the folder's name, and no more. */
  @Test
  void localFolderThatIsNotThere_isMadeByASyncToIt() {
    run("sync", folder(), ":/Backup");
    Path fresh = directory.resolve("new/copy");
    Ended rehearsed = run("sync", "--dry-run", ":/Backup", fresh.toString());
    assertThat(rehearsed.out().lines())
        .containsExactly("fetch a.txt", "fetch c.txt", "fetch deep/b.txt");
    assertThat(rehearsed.err())
        .isEqualTo("consigne: 3 to do, 0 the same\nconsigne: nothing was done\n");
    assertThat(fresh).doesNotExist();
    assertThat(run("sync", "--delete", ":/Backup", fresh.toString()).code()).isZero();
    assertThat(fresh.resolve("deep/b.txt")).hasContent("twice");
  }

  @Test
  void localFolderThatIsNotThere_isMadeEvenIfItStaysEmpty() throws IOException {
    run("mkdir", "/hollow");
    String fresh = directory.resolve("fresh").toString();
    assertThat(run("sync", "--dry-run", ":/hollow", fresh).code()).isZero();
    assertThat(directory.resolve("fresh")).doesNotExist();
    assertThat(run("sync", ":/hollow", fresh).code()).isZero();
    assertThat(directory.resolve("fresh")).isEmptyDirectory();
  }

  /** It is no empty one: all would be removed at the host. */
  @Test
  void localFolderThatIsNotThere_isNoSource() {
    run("sync", folder(), ":/Backup");
    String missing = directory.resolve("missing").toString();
    for (String command : List.of("sync", "check", "diff")) {
      assertThat(run(command, missing, ":/Backup"))
          .isEqualTo(
              new Ended(
                  5, "", "consigne: no such local folder: " + missing + System.lineSeparator()));
    }
    assertThat(run("sync", "--delete", "--yes", missing, ":/Backup").code()).isEqualTo(5);
    assertThat(host.files().contents()).containsOnlyKeys("a.txt", "b.txt", "c.txt");
  }

  @Test
  void remoteFolderThatIsNotThere_isNotFound() {
    assertThat(run("sync", ":/nothing", folder()))
        .isEqualTo(
            new Ended(
                5,
                "",
                "consigne: there is no such remote folder; nothing was done"
                    + System.lineSeparator()));
  }

  @Test
  void checkAndDiff_tellWhatDiffers() throws IOException {
    run("sync", folder(), ":/Backup");
    assertThat(run("check", folder(), ":/Backup").code()).isZero();
    Files.writeString(local.resolve("c.txt"), "other");
    Files.writeString(local.resolve("new.txt"), "x");
    Files.delete(local.resolve("a.txt"));
    Ended ended = run("diff", folder(), ":/Backup");
    assertThat(ended.code()).isEqualTo(11);
    assertThat(ended.out().lines()).containsExactly("- a.txt", "* c.txt", "+ new.txt");
    assertThat(run("check", "--json", folder(), ":/Backup").out())
        .contains("{\"path\":\"c.txt\",\"state\":\"different\"}");
  }

  /** An empty folder was said to be the same as one that is not there. */
  @Test
  void checkOfARemoteFolderThatIsNotThere_saysSo() throws IOException {
    String empty = Files.createDirectories(directory.resolve("empty")).toString();
    for (String command : List.of("check", "diff")) {
      assertThat(run(command, empty, ":/typo"))
          .isEqualTo(
              new Ended(
                  1,
                  "",
                  "consigne: there is no such remote folder: /typo\n"
                      + "consigne: 0 the same, 0 not\n"));
    }
  }

  @Test
  void keepOfDedupe_isReadInAnyLetterCase() {
    run("sync", folder(), ":/Backup");
    for (String which : List.of("newest", "NEWEST", "Oldest", "First_Path", "first_path")) {
      assertThat(run("dedupe", "--dry-run", "--keep", which).code()).as(which).isZero();
    }
    assertThat(run("dedupe", "--dry-run", "--keep=none").err())
        .contains("--keep: one of oldest, newest, first_path, ask, not none");
  }

  /** Two objects were printed, of which the first told what was then not done. */
  @Test
  void dedupeAsJson_isOneObject() {
    run("sync", folder(), ":/Backup");
    Ended refused = run("dedupe", "--json");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out().lines()).hasSize(1);
    assertThat(refused.out()).contains("\"error\"");
    assertThat(run("dedupe", "--json", "--yes").out().lines()).hasSize(1);
    assertThat(host.files().contents()).hasSize(2);
  }

  /** Files that only look alike were told as to be removed, and counted as what is freed. */
  @Test
  void dedupeWithoutChecksums_doesNotSayThatItRemoves() throws IOException {
    host.files().hashesAreLate();
    Files.createDirectories(local.resolve("other"));
    Files.writeString(local.resolve("other/a.txt"), "wrong");
    run("sync", folder(), ":/Backup");
    String[] dedupe = {"dedupe", "--keep=first_path", "--yes"};
    assertThat(run(dedupe))
        .isEqualTo(
            new Ended(
                0,
                """
                5 B each, the same size and name:
                  keep    /Backup/a.txt
                  maybe   /Backup/other/a.txt
                """,
                """
                consigne: 1 group, 5 B in copies
                consigne: "maybe" stays without --by-name: the host has no checksum of it
                """));
    assertThat(run("dedupe", "--json").out()).contains("\"freed\":0");
    assertThat(host.files().contents().get("a.txt")).hasSize(2);
    assertThat(run("dedupe", "--by-name", "--keep=first_path", "--yes").out())
        .contains("  remove  /Backup/other/a.txt");
    assertThat(host.files().contents().get("a.txt")).containsExactly("twice");
  }

  @Test
  void delete_wantsYesInAScript() throws IOException {
    run("sync", folder(), ":/Backup");
    Files.delete(local.resolve("a.txt"));
    Ended refused = run("sync", "--delete", folder(), ":/Backup");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().lines())
        .containsExactly(
            "consigne: to be removed: a.txt",
            "consigne: 1 file will be removed. Go on? A script must say --yes.");
    assertThat(host.files().contents()).containsKey("a.txt");
    assertThat(run("sync", "--delete", "--yes", folder(), ":/Backup").out())
        .isEqualTo("remove a.txt" + System.lineSeparator());
    assertThat(host.files().contents()).doesNotContainKey("a.txt");
  }

  /** As a run leaves it that is killed between the two. Each script ended with 2 from then on. */
  @Test
  void fileThatIsThereTwice_isEndedWithoutAQuestion() {
    run("sync", folder(), ":/");
    host.files().add("a.txt", "twice".getBytes(UTF_8));
    assertThat(run("sync", "--listing-age=0s", folder(), ":/"))
        .isEqualTo(new Ended(0, "remove-copy a.txt\n", "consigne: 1 done, 3 the same, 0 failed\n"));
    assertThat(host.files().contents().get("a.txt")).hasSize(1);
  }

  @Test
  void manyRemovals_areNotAllNamed() throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.writeString(local.resolve("file" + i), "x" + i);
    }
    run("sync", folder(), ":/Backup");
    Path other = Files.createDirectories(directory.resolve("empty"));
    Ended refused = run("n\n", true, "sync", "--delete", other.toString(), ":/Backup");
    assertThat(refused.err().lines())
        .hasSize(10)
        .startsWith("consigne: to be removed: a.txt")
        .contains("consigne: and 5 others, which --dry-run names");
    assertThat(host.files().contents()).hasSize(13);
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
