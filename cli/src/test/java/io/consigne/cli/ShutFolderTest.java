package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Local folders that cannot be read fail alone; root, too, is a user like others here. */
final class ShutFolderTest extends OneDesk {
  private Run runAsUser(String... arguments) throws Exception {
    ProcessBuilder process = desk.process(arguments);
    if (Files.isReadable(Path.of("/etc/shadow"))) {
      process
          .command()
          .addAll(0, List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    }
    Path err = desk.path("err");
    Process started = process.redirectError(err.toFile()).start();
    String out = new String(started.getInputStream().readAllBytes(), UTF_8);
    return new Run(started.waitFor(), out, Files.readString(err));
  }

  /** Runs a command while a folder cannot be listed, and what is in another not be looked at. */
  private Run runShut(Path tree, String... arguments) throws Exception {
    mode(tree.resolve("shut"), "---------");
    mode(tree.resolve("blind"), "r--------");
    try {
      return runAsUser(arguments);
    } finally {
      mode(tree.resolve("shut"), "rwx------");
      mode(tree.resolve("blind"), "rwx------");
    }
  }

  private static void mode(Path folder, String mode) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
  }

  private Path tree(String name) throws IOException {
    for (String file : List.of("a", "blind/b", "shut/c", "z/d")) {
      desk.write(name + "/" + file, file);
    }
    return desk.path(name);
  }

  @Test
  void put_sendsTheOthers() throws Exception {
    Path tree = tree("put");
    Run run = runShut(tree, "put", "-r", tree.toString(), "/");
    assertThat(run.err().lines())
        .contains(
            "consigne: %s/shut: no permission: %<s/shut".formatted(tree),
            "consigne: %s/blind/b: no permission: %<s/blind/b".formatted(tree));
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(desk.good("ls", "-R", "/put")).isEqualTo("blind/\nz/\nz/d\na\n");
  }

  /** A file that cannot be read ended the comparison of all. */
  @Test
  void fileThatCannotBeRead_failsAlone() throws Exception {
    for (String file : List.of("a", "shut", "z")) {
      desk.write("file/" + file, file);
    }
    Path tree = desk.path("file");
    desk.good("sync", tree.toString(), ":/file");
    mode(tree.resolve("shut"), "---------");
    String said = "consigne: shut: no permission: %s/shut\n".formatted(tree);
    assertThat(runAsUser("check", tree.toString(), ":/file"))
        .isEqualTo(new Run(1, "", said + "consigne: 2 the same, 0 not, 1 not read\n"));
    Files.writeString(tree.resolve("z"), "changed");
    assertThat(runAsUser("sync", "--checksum", "--delete", tree.toString(), ":/file"))
        .isEqualTo(new Run(8, "replace z\n", said + "consigne: 1 done, 1 the same, 1 failed\n"));
    assertThat(desk.good("ls", "/file")).isEqualTo("a\nshut\nz\n");
  }

  /** The first that could not be removed ended the run. */
  @Test
  void whatMayNotBeRemoved_failsAlone() throws Exception {
    desk.write("kept/z/b", "b");
    Path tree = desk.path("kept");
    desk.good("sync", tree.toString(), ":/kept");
    desk.write("kept/shut/a", "a");
    desk.write("kept/z/c", "c");
    mode(tree.resolve("shut"), "r-x------");
    try {
      assertThat(runAsUser("sync", "--delete", "--yes", ":/kept", tree.toString()))
          .isEqualTo(
              new Run(
                  8,
                  "remove z/c\n",
                  """
                  consigne: shut/a: no permission: %s/shut/a
                  consigne: 1 done, 1 the same, 1 failed
                  """
                      .formatted(tree)));
    } finally {
      mode(tree.resolve("shut"), "rwx------");
    }
  }

  /** It was said in the words of the JDK. */
  @Test
  void whatMayNotBeWritten_isNamed() throws Exception {
    desk.good("put", desk.write("here/x", "x").toString(), "/written/");
    Path here = Files.createDirectories(desk.path("written"));
    Path state = desk.write("written/x.part.state", "");
    mode(state, "---------");
    assertThat(runAsUser("get", "/written/x", here.toString()))
        .isEqualTo(
            new Run(
                6,
                "",
                "consigne: /written/x: %s: it may not be read and written; move it away\n"
                    .formatted(state)));
    Files.delete(state);
    mode(here, "r-x------");
    assertThat(runAsUser("get", "/written/x", here.toString()).err())
        .isEqualTo("consigne: /written/x: no permission: %s\n".formatted(state));
    mode(here, "rwx------");
  }

  /** It failed each time, and nothing could be done about that. */
  @Test
  void sync_saysNothingOfWhatIsExcluded() throws Exception {
    Path tree = tree("excluded");
    String[] sync = {"sync", "--exclude=shut/", "--exclude=/blind/", tree.toString(), ":/excluded"};
    Run run = runShut(tree, sync);
    assertThat(run.err()).isEqualTo("consigne: 4 done, 0 the same, 0 failed\n");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactlyInAnyOrder("mkdir .", "mkdir z", "send a", "send z/d");
  }

  @Test
  void sync_leavesWhatIsBelowAlone_onBothSides() throws Exception {
    Path tree = tree("sync");
    desk.good("sync", tree.toString(), ":/sync");
    Files.delete(tree.resolve("a"));
    Files.writeString(tree.resolve("z/d"), "changed");
    Run run = runShut(tree, "sync", "--delete", "--yes", tree.toString(), ":/sync");
    assertThat(run.err().lines())
        .containsSubsequence(
            "consigne: blind/b: no permission: %s/blind/b".formatted(tree),
            "consigne: shut: no permission: %s/shut".formatted(tree),
            "consigne: 2 done, 0 the same, 2 failed");
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.out().lines()).containsExactly("replace z/d", "remove a");
    assertThat(desk.good("find", "/sync", "--type=file").lines())
        .containsExactly("/sync/blind/b", "/sync/shut/c", "/sync/z/d");
    assertThat(runShut(tree, "diff", tree.toString(), ":/sync").exitCode()).isEqualTo(1);
    assertThat(runShut(tree, "sync", "--delete", "--yes", ":/sync", tree.toString()).exitCode())
        .isEqualTo(8);
    assertThat(tree.resolve("shut/c")).hasContent("shut/c");
  }
}
