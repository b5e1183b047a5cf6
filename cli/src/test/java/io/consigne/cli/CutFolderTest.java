package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A folder of which the host does not list all files: nobody is told that all was done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
final class CutFolderTest {
  private static final int LISTED = 5_000;
  private static final String CUT = "the host does not list all files of /big";

  @TempDir private static Path home;
  private StandIn host;

  @BeforeAll
  void start() throws IOException {
    host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
    host.files().addFull("big", LISTED);
    host.refuse("/v1/file/cp.cgi", "Resource not allowed #631");
  }

  @AfterAll
  void stop() throws IOException {
    host.close();
  }

  private Run run(String... arguments) {
    return Run.against(host, home, arguments);
  }

  @Test
  void whatShows_notesIt() {
    for (String command : new String[] {"ls", "du", "find", "tree"}) {
      Run run = run(command, "/big");
      assertThat(run.exitCode()).as(command).isZero();
      assertThat(run.err()).as(command).isEqualTo("consigne: " + CUT + "\n");
      assertThat(run(command, "--json", "/").err())
          .as(command + " /")
          .isEqualTo(command.equals("ls") ? "" : "consigne: " + CUT + "\n");
    }
    assertThat(run("tree", "--depth=1", "/").err()).isEmpty();
  }

  /** A script saw a whole list: it was said on the standard error alone. */
  @Test
  void whatPrintsJson_hasItAsAWarning() {
    for (String command : new String[] {"ls", "du", "find", "tree"}) {
      assertThat(run(command, "--json", "--quiet", "/big").out())
          .as(command)
          .endsWith(",\"warnings\":[\"%s\"]}\n".formatted(CUT));
      assertThat(run(command, "--json", "/nothing").out()).doesNotContain("warnings");
    }
  }

  /** What it does not list was said to be at this machine alone. */
  @Test
  void diff_warns() throws IOException {
    Path local = Files.createDirectories(home.resolve("diff/big"));
    Files.writeString(local.resolve("beyond"), "x");
    for (String command : new String[] {"diff", "check"}) {
      Run run = run(command, "--include=beyond", home.resolve("diff").toString(), ":/");
      assertThat(run)
          .as(command)
          .isEqualTo(
              new Run(1, "+ big/beyond\n", "consigne: " + CUT + "\nconsigne: 0 the same, 1 not\n"));
    }
  }

  @Test
  void get_tellsThatThereMayBeMore() throws IOException {
    Path target = Files.createDirectories(home.resolve("down/big"));
    for (int i = 1; i <= LISTED; i++) {
      Files.createFile(target.resolve(Integer.toString(i)));
    }
    Run run = run("get", "-r", "--if-exists=skip", "/big", home.resolve("down").toString());
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.err()).contains("consigne: /big: " + CUT + "\n");
  }

  /** The stand-in copies nothing: the copies fail, too. */
  @Test
  void cp_tellsThatThereMayBeMore() {
    Run run = run("cp", "-r", "/big", "/other");
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).startsWith("consigne: /big: " + CUT + "\n");
  }

  @Test
  void rm_removesNothing() {
    assertThat(run("rm", "-r", "--yes", "/big"))
        .isEqualTo(
            new Run(
                1,
                "",
                "consigne: "
                    + CUT
                    + ", nothing was removed; \"consigne ls --json\" shows the links of those it"
                    + " lists, which rm takes\n"));
    assertThat(host.files().contents().values()).hasSize(LISTED);
  }

  @Test
  void mvAndCp_trustNoFreeName() {
    for (String command : new String[] {"mv", "cp"}) {
      assertThat(run(command, "/big/1", "/big/new"))
          .as(command)
          .isEqualTo(
              new Run(
                  1,
                  "",
                  "consigne: " + CUT + ", new may be taken; a folder inside it takes files\n"));
      assertThat(run(command, "/big/2", "/big/1").err())
          .isEqualTo("consigne: exists already: /big/1\n");
    }
  }

  @Test
  void fileThatIsNotListed_isNotSaidToBeMissing() {
    for (String command : new String[] {"stat", "cat", "link", "rm"}) {
      assertThat(run(command, "/big/x"))
          .as(command)
          .isEqualTo(
              new Run(
                  1,
                  "",
                  "consigne: "
                      + CUT
                      + ", and none called x; if you know its link, name it by that\n"));
    }
  }

  @Test
  void put_sendsNothing() throws IOException {
    Path file = Files.writeString(home.resolve("new"), "new");
    for (String mode : new String[] {"fail", "skip", "replace", "rename"}) {
      assertThat(run("put", "--if-exists=" + mode, file.toString(), "/big/"))
          .as(mode)
          .isEqualTo(
              new Run(
                  1,
                  "",
                  "consigne: " + CUT + ", nothing was uploaded; a folder inside it takes files\n"));
    }
  }
}
