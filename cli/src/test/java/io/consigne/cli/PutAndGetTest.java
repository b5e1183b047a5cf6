package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code put} and {@code get} against a real host; each test in a folder of its own. */
final class PutAndGetTest extends OneDesk {
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
    assertThat(desk.run("put", "--json", file, "/taken/").out())
        .contains("\"next\":\"say --if-exists skip, replace or rename\"");
    assertThat(desk.run("get", "--json", "/taken/taken.txt", file).out())
        .contains("\"next\":\"say --if-exists skip, replace or rename\"");
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

  @Test
  void partlyDone_isACodeOfItsOwn() throws IOException {
    desk.typing("1").good("put", "-", "/partly/good");
    desk.typing("2").good("put", "-", "/partly/bad");
    Path blocked = desk.path("blocked");
    Files.createDirectories(blocked.resolve("bad.part"));
    Run run = desk.run("get", "--json", "/partly/good", "/partly/bad", blocked.toString());
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.err()).startsWith("consigne: /partly/bad: ");
    assertThat(run.out())
        .contains("\"state\":\"fetched\"", "\"state\":\"failed\"")
        .contains(
            ",\"next\":\"what is whole is there, and --if-exists skip goes on with the rest\"}");
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
}
