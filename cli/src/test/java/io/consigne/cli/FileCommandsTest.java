package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The commands of files against a real host; each test in a folder of its own. */
final class FileCommandsTest extends OneDesk {
  @Test
  void tree_goesUpAndComesBackWithEveryByte() throws IOException {
    var large = new byte[300_000];
    new Random(7).nextBytes(large);
    desk.write("tree/sub/deep/empty", "");
    desk.write("tree/sub/é \"x\".txt", "quoted");
    Files.write(desk.path("tree/large"), large);
    Files.createDirectory(desk.path("tree/hollow"));
    Files.createSymbolicLink(desk.path("tree/elsewhere"), Path.of("/etc"));
    desk.good("put", "-r", desk.path("tree").toString(), "/up");
    assertThat(desk.good("ls", "-R", "/up").lines())
        .containsExactly(
            "hollow/", "sub/", "sub/deep/", "sub/deep/empty", "sub/é \"x\".txt", "large");
    desk.good("get", "-r", "/up", desk.path("back").toString());
    assertThat(desk.path("back/large")).hasBinaryContent(large);
    assertThat(desk.path("back/sub/é \"x\".txt")).hasContent("quoted");
    assertThat(desk.path("back/sub/deep/empty")).isEmptyFile();
    assertThat(desk.path("back/hollow")).isEmptyDirectory();
    try (var left = Files.walk(desk.path("back"))) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.contains(".part"));
    }
    assertThat(Files.getLastModifiedTime(desk.path("back/large")).toInstant().getEpochSecond())
        .isEqualTo(Files.getLastModifiedTime(desk.path("tree/large")).toInstant().getEpochSecond());
  }

  @Test
  void contentsOfAFolder_goIntoOneThatIsThere_withoutItsName() throws IOException {
    desk.write("inside/a", "a");
    desk.good("mkdir", "/shell");
    desk.good("put", "-r", desk.path("inside") + "/.", "/shell");
    assertThat(desk.good("ls", "-R", "/shell")).isEqualTo("a\n");
    Path back = Files.createDirectory(desk.path("shell"));
    desk.good("get", "-r", "/shell/.", back.toString());
    assertThat(back.resolve("a")).hasContent("a");
    desk.good("get", "--if-exists=replace", "/shell/a/.", back.toString());
    assertThat(back.resolve("a")).hasContent("a");
  }

  @Test
  void putOfATakenName_doesAsItIsTold() throws IOException {
    String file = desk.write("taken.txt", "one").toString();
    desk.good("put", file, "/taken/");
    desk.write("taken.txt", "two");
    assertThat(desk.run("put", file, "/taken/"))
        .isEqualTo(
            new Run(
                6,
                "",
                "consigne: exists already, nothing was uploaded: /taken/taken.txt;"
                    + " say --if-exists skip, replace or rename\n"));
    desk.good("put", "--if-exists=skip", file, "/taken/");
    assertThat(desk.good("cat", "/taken/taken.txt")).isEqualTo("one");
    desk.good("put", "--if-exists=rename", file, "/taken/");
    assertThat(desk.good("ls", "/taken")).isEqualTo("taken (1).txt\ntaken.txt\n");
    desk.good("put", "--if-exists=replace", file, "/taken/");
    assertThat(desk.good("ls", "/taken")).isEqualTo("taken (1).txt\ntaken.txt\n");
    assertThat(desk.good("cat", "/taken/taken.txt")).isEqualTo("two");
  }

  /** One file that grew while it was read ended the upload of all, with exit code 1. */
  @Test
  void putOfAFileThatGrows_failsAlone() throws IOException {
    String file = desk.write("companion", "beside").toString();
    assertThat(desk.run("put", "/proc/version", file, "/grown/"))
        .isEqualTo(
            new Run(8, "", "consigne: /proc/version: version became longer while it was sent\n"));
    assertThat(desk.good("ls", "/grown")).isEqualTo("companion\n");
  }

  @Test
  void getOfATakenName_doesAsItIsTold() throws IOException {
    desk.good("put", desk.write("new.txt", "new").toString(), "/fetched/a.txt");
    Path file = desk.write("here/a.txt", "old");
    String folder = desk.path("here").toString();
    assertThat(desk.run("get", "/fetched/a.txt", folder).exitCode()).isEqualTo(6);
    assertThat(file).hasContent("old");
    desk.good("get", "--if-exists=skip", "/fetched/a.txt", folder);
    assertThat(file).hasContent("old");
    desk.good("get", "--if-exists=rename", "/fetched/a.txt", folder);
    assertThat(file.resolveSibling("a (1).txt")).hasContent("new");
    assertThat(file).hasContent("old");
    desk.good("get", "--if-exists=replace", "/fetched/a.txt", folder);
    assertThat(file).hasContent("new");
  }

  /** The second was called "there already", though its bytes had never been moved. */
  @Test
  void twoSourcesOfOneName_areRefused_orRenamed() throws IOException {
    String one = desk.write("first/same", "one").toString();
    String two = desk.write("second/same", "two2").toString();
    desk.good("mkdir", "/same");
    for (String mode : new String[] {"fail", "skip", "replace"}) {
      assertThat(desk.run("put", "--if-exists=" + mode, one, two, "/same/"))
          .as(mode)
          .isEqualTo(
              new Run(
                  6,
                  "",
                  "consigne: %s and %s would both be /same/same, nothing was done;"
                          .formatted(one, two)
                      + " say --if-exists rename\n"));
      Run split =
          desk.run("put", "--split", "--part-size=3", "--if-exists=" + mode, one, two, "/same/");
      assertThat(split.err()).as(mode).contains(one + " and " + two + " would both be /same/same,");
      assertThat(split.exitCode()).isEqualTo(6);
    }
    assertThat(desk.good("ls", "/same")).isEmpty();
    desk.good("put", "--if-exists=rename", one, two, "/same/");
    assertThat(desk.good("cat", "/same/same", "/same/same (1)")).isEqualTo("onetwo2");
    desk.good("mv", "/same/same (1)", "/same/other/same");
    Path back = Files.createDirectory(desk.path("same"));
    for (String mode : new String[] {"fail", "replace"}) {
      Run get =
          desk.run("get", "--if-exists=" + mode, "/same/same", "/same/other/same", back.toString());
      assertThat(get)
          .as(mode)
          .isEqualTo(
              new Run(
                  6,
                  "",
                  "consigne: /same/same and /same/other/same would both be %s/same,".formatted(back)
                      + " nothing was done; say --if-exists rename\n"));
      assertThat(back).isEmptyDirectory();
    }
    desk.good("get", "--if-exists=rename", "/same/same", "/same/other/same", back.toString());
    assertThat(back.resolve("same (1)")).hasContent("two2");
    Path some = Files.createDirectory(desk.path("same skipped"));
    assertThat(
            desk.run("get", "--if-exists=skip", "/same/same", "/same/other/same", some.toString()))
        .isEqualTo(new Run(8, "", "consigne: /same/other/same: another file gets the same name\n"));
    assertThat(some.resolve("same")).hasContent("one");
  }

  @Test
  void standardStreams_areADash() {
    desk.typing("piped").good("put", "-", "/piped.txt");
    assertThat(desk.good("get", "/piped.txt", "-")).isEqualTo("piped");
    assertThat(desk.good("cat", "--range=1-2", "/piped.txt")).isEqualTo("ip");
    assertThat(desk.good("cat", "--range=3-", "/piped.txt")).isEqualTo("ed");
    assertThat(desk.good("cat", "--range=-2", "/piped.txt")).isEqualTo("ed");
    assertThat(desk.run("cat", "--range=9-12", "/piped.txt"))
        .isEqualTo(
            new Run(
                2, "", "consigne: the range begins beyond the end: 9-12 of a file with 5 bytes\n"));
    assertThat(desk.run("cat", "--range=x", "/piped.txt").exitCode()).isEqualTo(2);
  }

  /** Runs a command whose standard input fails when it is read. */
  private Run runUnread(String... arguments) throws IOException {
    InputStream in = InputStream.nullInputStream();
    in.close();
    var out = new ByteArrayOutputStream();
    return Run.within(new Surroundings(desk.environment(), in, out, false, false), out, arguments);
  }

  /** All of it was stored on the disk first, whatever became of that. */
  @Test
  void standardInput_isReadOnlyToBeSent() throws IOException {
    desk.typing("there").good("put", "-", "/input/there");
    assertThat(runUnread("put", "-n", "-", "/input/new"))
        .isEqualTo(new Run(0, "send - -> /input/new\n", "consigne: nothing was done\n"));
    assertThat(runUnread("put", "-n", "--split", "--part-size=1", "-", "/input/new").out())
        .isEqualTo("send - -> /input/new\n");
    assertThat(runUnread("put", "-", "/input/there").exitCode()).isEqualTo(6);
    assertThat(runUnread("put", "--if-exists=skip", "-", "/input/there").exitCode()).isZero();
    assertThat(runUnread("put", "-", "/input/").err()).contains("the standard input needs a name");
    assertThat(runUnread("put", "-", "/input/new").err()).isEqualTo("consigne: Stream closed\n");
    assertThat(desk.good("ls", "/input")).isEqualTo("there\n");
  }

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
  void partlyDone_isACodeOfItsOwn() throws IOException {
    desk.typing("1").good("put", "-", "/partly/good");
    desk.typing("2").good("put", "-", "/partly/bad");
    Path blocked = desk.path("blocked");
    Files.createDirectories(blocked.resolve("bad.part"));
    Run run = desk.run("get", "--json", "/partly/good", "/partly/bad", blocked.toString());
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.err()).startsWith("consigne: /partly/bad: ");
    assertThat(run.out()).contains("\"state\":\"fetched\"", "\"state\":\"failed\"");
    assertThat(blocked.resolve("good")).hasContent("1");
  }

  /** They destroyed each other. */
  @Test
  void fileOfTheNameOfAnothersPart_isNotFetchedBesideIt() {
    desk.typing("whole").good("put", "-", "/beside/a");
    desk.typing("half").good("put", "-", "/beside/a.part");
    Path back = desk.path("beside");
    Run run = desk.run("get", "-r", "/beside", back.toString());
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.err())
        .contains(
            "consigne: /beside/a.part: its name and that of another file clash while both are"
                + " fetched\n");
    assertThat(back.resolve("a")).hasContent("whole");
    desk.good("get", "-r", "--if-exists=skip", "/beside/.", back.toString());
    assertThat(back.resolve("a.part")).hasContent("half");
  }

  @Test
  void partThatThisProgramDidNotMake_stays() throws IOException {
    desk.typing("v").good("put", "-", "/viewed/video.mkv");
    Path part = desk.write("video.mkv.part", "of a browser");
    assertThat(desk.run("get", "/viewed/video.mkv", desk.path("video.mkv").toString()))
        .isEqualTo(
            new Run(
                6,
                "",
                "consigne: /viewed/video.mkv: %s: this program did not make it; move it away\n"
                    .formatted(part)));
    assertThat(part).hasContent("of a browser");
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
