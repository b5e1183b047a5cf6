package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The other commands of files against a real host; each test in a folder of its own. */
final class FileCommandsTest extends OneDesk {
  /** A file whose link is hidden was passed over, with exit code 0. */
  @Test
  void rmOfAFileWithoutALink_isRefused() throws IOException {
    String guest = desk.account("guest@example.org");
    desk.typing("h").good("put", "-", "/hidden/h.txt");
    desk.good("share", "/hidden", "--with=guest@example.org", "--write", "--hide-links");
    desk.environment().put("CONSIGNE_API_KEY", guest);
    try {
      assertThat(desk.good("ls", "/hidden")).isEqualTo("h.txt\n");
      assertThat(desk.run("rm", "--yes", "/hidden/h.txt"))
          .isEqualTo(new Run(4, "", "consigne: its owner hides the link: /hidden/h.txt\n"));
      assertThat(desk.run("rm", "-r", "--yes", "/hidden").exitCode()).isEqualTo(4);
    } finally {
      desk.environment().put("CONSIGNE_API_KEY", desk.key());
    }
    assertThat(desk.good("ls", "/hidden")).isEqualTo("h.txt\n");
  }

  @Test
  void rm_wantsYesOfAScript() {
    desk.typing("x").good("put", "-", "/doomed/x.txt");
    assertThat(desk.run("rm", "/doomed/x.txt"))
        .isEqualTo(
            new Run(
                2, "", "consigne: Remove 1 file (1 B) for ever? A script must say" + " --yes.\n"));
    assertThat(desk.run("rm", "--yes", "/doomed").exitCode()).isEqualTo(2);
    assertThat(desk.good("ls", "/doomed")).isEqualTo("x.txt\n");
    desk.good("rm", "-r", "--yes", "/doomed");
    assertThat(desk.run("ls", "/doomed").exitCode()).isEqualTo(5);
    assertThat(desk.run("rm", "-r", "--yes", "/").exitCode()).isEqualTo(2);
  }

  /** What was named twice was not there the second time, after all of it was removed. */
  @Test
  void rmOfWhatIsNamedTwice_removesItOnce() {
    desk.typing("xx").good("put", "-", "/named/twice/x");
    assertThat(
            desk.run("rm", "-r", "/named/twice/x", "/named/twice", "/named", "/named/twice").err())
        .contains("Remove 1 file (2 B) and 2 folders for ever?");
    desk.good("rm", "-r", "--yes", "/named/twice/x", "/named/twice", "/named", "/named/twice");
    assertThat(desk.run("ls", "/named").exitCode()).isEqualTo(5);
  }

  /** It was told as the folder that it is in. */
  @Test
  void duOfAFile_namesTheFile() {
    desk.typing("12345").good("put", "-", "/used/file");
    desk.typing("1").good("put", "-", "/used/other");
    assertThat(desk.good("du", "/used/file").strip()).isEqualTo("5 B         1  /used/file");
    String link = desk.good("link", "/used/file").strip();
    assertThat(desk.good("du", link)).endsWith(link + "\n");
    assertThat(desk.good("du", "/used").strip()).isEqualTo("6 B         2  /used");
  }

  /** What was moved before a source that is missing was not told of, and what follows not moved. */
  @Test
  void mvOfSeveral_movesWhatIsThere() {
    desk.typing("s").good("put", "-", "/several/a");
    desk.good("put", "-", "/several/b");
    assertThat(desk.run("mv", "/several/a", "/several/none", "/several/b", "/several/to/"))
        .isEqualTo(new Run(8, "", "consigne: /several/none: nothing is at /several/none\n"));
    assertThat(desk.good("ls", "/several/to")).isEqualTo("a\nb\n");
    Run json = desk.run("mv", "--json", "/several/to/a", "/several/none", "/several/");
    assertThat(json.exitCode()).isEqualTo(8);
    assertThat(json.out())
        .contains("\"to\":\"/several/a\",\"state\":\"moved\"", "\"kind\":\"not-found\"");
    assertThat(desk.run("mv", "/several/none", "/several/nil", "/several/").exitCode())
        .isEqualTo(5);
  }

  /**
   * 1fichier.com wants 30 seconds between two listings of a folder, one of which each call cost.
   */
  @Test
  void mvOfSeveral_isOneCall() {
    for (String name : List.of("many-a", "many-b", "many-c")) {
      desk.typing(name).good("put", "-", "/many/" + name);
    }
    desk.good("mv", "/many/many-a", "/many/many-b", "/many/many-c", "/many/into/");
    assertThat(desk.good("ls", "/many/into")).isEqualTo("many-a\nmany-b\nmany-c\n");
    assertThat(desk.audit("file.move").stream().filter(line -> line.contains("many-"))).hasSize(1);
  }

  /** Its old name was in the way where it went. */
  @Test
  void mvToAnotherName_passesByAFolderOfTheOldOne() {
    desk.good("mkdir", "/byway/a/x", "/byway/b/x");
    desk.good("mv", "/byway/a/x", "/byway/b/y");
    assertThat(desk.good("ls", "/byway/b")).isEqualTo("x/\ny/\n");
  }

  @Test
  void mv_movesRenamesAndReplacesNothing() {
    desk.typing("m").good("put", "-", "/moving/m.txt");
    String link = desk.good("link", "/moving/m.txt");
    desk.good("mv", "/moving/m.txt", "/moving/n.txt");
    desk.good("mv", "/moving/n.txt", "/moving/below/");
    assertThat(desk.good("link", "/moving/below/n.txt")).isEqualTo(link);
    desk.good("put", "-", "/moving/n.txt");
    assertThat(desk.run("mv", "/moving/n.txt", "/moving/below").exitCode()).isEqualTo(6);
    assertThat(desk.run("mv", "/moving", "/moving/below/").exitCode()).isEqualTo(6);
    desk.good("mv", "/moving/below", "/moving/above");
    assertThat(desk.good("find", "/moving", "--type=file").lines())
        .containsExactly("/moving/above/n.txt", "/moving/n.txt");
  }

  @Test
  void find_knowsThePatternsOfSync() {
    for (String name : new String[] {"a.txt", "b.txt", "!.txt", "b.jpg"}) {
      desk.typing("x").good("put", "-", "/found/" + name);
    }
    assertThat(desk.good("find", "/found", "--name=[!a].{txt,png}").lines())
        .containsExactlyInAnyOrder("/found/b.txt", "/found/!.txt");
    assertThat(desk.good("find", "/found", "--name=\\!.*")).isEqualTo("/found/!.txt\n");
    assertThat(desk.run("find", "/found", "--name=[a"))
        .isEqualTo(new Run(2, "", "consigne: no pattern: [a\n"));
  }

  @Test
  void cp_takesPathsAndLinks() {
    desk.typing("c").good("put", "-", "/copied/c.txt");
    String link = desk.good("link", "/copied/c.txt").strip();
    desk.good("cp", "/copied/c.txt", "/copied/d.txt");
    desk.good("cp", link, "/copied/other/");
    assertThat(desk.good("cat", "/copied/d.txt", "/copied/other/c.txt")).isEqualTo("cc");
  }

  @Test
  void publicFolder_isListedAndFetchedByItsAddress() {
    desk.typing("p").good("put", "-", "/shared/p.txt");
    String address = desk.good("share", "/shared").strip();
    assertThat(desk.good("ls", address)).isEqualTo("p.txt\n");
    desk.good("get", "-r", address, desk.path("public").toString());
    assertThat(desk.path("public/p.txt")).hasContent("p");
    desk.good("share", "--end", "/shared");
    assertThat(desk.run("ls", address).exitCode()).isNotZero();
  }

  @Test
  void twoFilesOfOneName_areNotGuessedBetween() throws IOException {
    desk.typing("1").good("put", "-", "/twins/a");
    desk.typing("2").good("put", "-", "/others/a");
    String second = desk.good("link", "/others/a").strip();
    desk.copyTo("/twins", second);
    Run run = desk.run("cat", "/twins/a");
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.err()).startsWith("consigne: 2 files are called /twins/a; name one by its link");
    assertThat(desk.run("rm", "--yes", "/twins/a").exitCode()).isEqualTo(6);
    assertThat(desk.good("cat", second)).isEqualTo("2");
  }

  @Test
  void json_isOneObjectWithAVersion() {
    desk.typing("j").good("put", "-", "/json/j.txt");
    assertThat(desk.good("du", "--json", "/json"))
        .matches("\\{\"consigne\":1,\"command\":\"du\",\"data\":\\[\\{.*\"sizeBytes\":1.*}]}\n");
    assertThat(desk.run("stat", "--json", "/json/none"))
        .isEqualTo(
            new Run(
                5,
                "{\"consigne\":1,\"command\":\"stat\",\"error\":{\"kind\":\"not-found\",\"exit\":5,"
                    + "\"message\":\"nothing is at /json/none\","
                    + "\"next\":\"\\\"consigne ls\\\" shows what is there\"}}\n",
                "consigne: nothing is at /json/none; \"consigne ls\" shows what is there\n"));
  }

  @Test
  void drawnTree_isThatOfTheHost() {
    desk.typing("t").good("put", "-", "/drawn/sub/t.txt");
    desk.good("put", "-", "/drawn/u.txt");
    assertThat(desk.good("tree", "/drawn"))
        .isEqualTo("/drawn\n├── sub/\n│   └── t.txt\n└── u.txt\n");
    assertThat(desk.good("tree", "--depth=1", "/drawn")).isEqualTo("/drawn\n├── sub/\n└── u.txt\n");
  }

  @Test
  void options_standInTheEnvironmentToo() {
    desk.typing("e").good("put", "-", "/variable.txt");
    desk.environment().put("CONSIGNE_CLI_IF_EXISTS", "skip");
    try {
      desk.good("put", "-", "/variable.txt");
      assertThat(desk.run("put", "--if-exists=fail", "-", "/variable.txt").exitCode()).isEqualTo(6);
      desk.environment().put("CONSIGNE_CLI_IF_EXISTS", "perhaps");
      assertThat(desk.run("put", "-", "/variable.txt").exitCode()).isEqualTo(2);
    } finally {
      desk.environment().remove("CONSIGNE_CLI_IF_EXISTS");
    }
  }

  @Test
  void everyCommand_hasHelpOfAHundredColumns() {
    for (String name : ClientCommands.names()) {
      String[] help = desk.good(name, "--help").split("\n");
      assertThat(help[0]).startsWith("Usage: consigne " + name);
      assertThat(Arrays.asList(help)).allMatch(line -> line.length() <= 100);
    }
  }
}
