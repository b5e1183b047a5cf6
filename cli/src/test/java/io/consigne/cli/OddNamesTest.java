package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Local files whose names are no text in UTF-8: each fails alone, and is named so that one finds
 * it.
 */
final class OddNamesTest extends OneDesk {
  private static final String WHY = ": its name is no text in UTF-8; rename it\n";

  /** A folder with files of names as a shell with Latin-1 makes them. */
  private Path tree(String name) throws Exception {
    desk.write(name + "/good", "good");
    Path tree = desk.path(name);
    String make =
        "printf 1 > $'caf\\xe9'; printf 2 > $'caf\\xe8'; mkdir $'\\xff d'; : > $'\\xff d/x'";
    Process bash = new ProcessBuilder("bash", "-c", make).directory(tree.toFile()).start();
    assertThat(bash.waitFor()).isZero();
    return tree;
  }

  private static String told(String path) {
    return "consigne: " + path + WHY;
  }

  /** Two were refused for having one name; one was stored under a name that is not its own. */
  @Test
  void put_sendsTheOthers() throws Exception {
    Path tree = tree("put");
    Run run = desk.run("put", "-r", tree.toString(), "/");
    assertThat(run)
        .isEqualTo(
            new Run(
                8,
                "",
                told(tree + "/caf\\xe8") + told(tree + "/caf\\xe9") + told(tree + "/\\xff d")));
    assertThat(desk.good("ls", "-R", "/put")).isEqualTo("good\n");
    Run json = desk.run("put", "-r", "--json", "--if-exists=skip", tree.toString(), "/");
    assertThat(json.out())
        .contains("\"from\":\"%s/caf\\\\xe9\",\"state\":\"failed\"".formatted(tree));
  }

  /** Not one file was sent. */
  @Test
  void put_sendsTheOthers_whereTheHostRefusesAFolder() throws Exception {
    desk.write("odd/bad\u0001/deep/a.txt", "a");
    desk.write("odd/good/b.txt", "b");
    Run run = desk.run("put", "-r", desk.path("odd").toString(), "/");
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(8);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(desk.good("ls", "-R", "/odd")).isEqualTo("good/\ngood/b.txt\n");
  }

  @Test
  void sync_leavesWhatMayBeMeant() throws Exception {
    Path tree = tree("sync");
    String there = desk.write("there", "there").toString();
    desk.good("put", there, "/sync/caf\ufffd");
    desk.good("put", there, "/sync/\ufffd d/x");
    desk.good("put", there, "/sync/gone");
    String told = told("\\xff d") + told("caf\\xe8") + told("caf\\xe9");
    Run run = desk.run("sync", "--delete", "--yes", tree.toString(), ":/sync");
    assertThat(run)
        .isEqualTo(
            new Run(
                8, "send good\nremove gone\n", told + "consigne: 2 done, 0 the same, 3 failed\n"));
    assertThat(desk.good("find", "/sync", "--type=file").lines())
        .containsExactly("/sync/\ufffd d/x", "/sync/caf\ufffd", "/sync/good");
    Run check = desk.run("check", tree.toString(), ":/sync");
    assertThat(check).isEqualTo(new Run(1, "", told + "consigne: 1 the same, 0 not, 3 not read\n"));
    assertThat(desk.run("check", "--json", tree.toString(), ":/sync").out())
        .contains("\"do\":\"read\"", "\"path\":\"caf\\\\xe9\"");
    Run down = desk.run("sync", "--delete", "--yes", ":/sync", tree.toString());
    assertThat(down.exitCode()).isEqualTo(8);
    try (var names = Files.list(tree)) {
      assertThat(names).hasSize(4);
    }
  }
}
