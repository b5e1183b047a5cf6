package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that stores files under other names than they are sent with. */
final class OtherNameTest {
  private static final int MORE_THAN_ONE_REQUEST = 501;

  @TempDir private Path home;

  private static String other(String name) {
    return name.replace('a', '_');
  }

  private Run replace(StandIn host) throws IOException {
    Path file = Files.writeString(home.resolve("a.txt"), "new");
    return Run.against(host, home, "put", "--if-exists", "replace", file.toString(), "/");
  }

  /** What had the right name was removed; then it stayed, and that was no failure. */
  @Test
  void fileThatGetsAnotherName_replacesNone() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().add("a.txt", new byte[] {'o', 'l', 'd'});
      host.files().nameOtherwise(OtherNameTest::other, OtherNameTest::other);
      Run run = replace(host);
      assertThat(run.exitCode()).isEqualTo(6);
      assertThat(run.err()).contains("a.txt: the host stores it under another name alone: _.txt");
      assertThat(host.files().contents())
          .isEqualTo(Map.of("a.txt", List.of("old"), "_.txt", List.of("new")));
    }
  }

  /** It is stored, and takes the place of nothing that was there. */
  @Test
  void fileThatGetsAnotherName_andWasToReplaceNone_isStored() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().nameOtherwise(OtherNameTest::other, OtherNameTest::other);
      Run run = replace(host);
      assertThat(run.exitCode()).isZero();
      assertThat(run.err()).contains("a.txt: the host stores it under another name alone: _.txt");
    }
  }

  /** The account of what was done before took it for the one that was to come. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "put -r --if-exists=replace --transfers=1 %s/. / | 499 of 501 files done before this",
        "sync --yes --transfers=1 %s :/ | the host stores it under another name alone: _"
      })
  void fileOfARunThatBreaks_replacesNone(String command, String told) throws IOException {
    Path folder = Files.createDirectory(home.resolve("up"));
    for (int i = 0; i < MORE_THAN_ONE_REQUEST; i++) {
      Files.writeString(folder.resolve(i == 0 ? "a" : "f%03d".formatted(i)), "new");
    }
    var refusing = new AtomicReference<StandIn>();
    Function<String, Fault> breakAfterOne =
        path -> {
          if (path.equals("/upload.cgi")) {
            refusing.get().refuse("/v1/upload/get_upload_server.cgi", "Nobody knows");
          }
          return Fault.NONE;
        };
    try (var host = new StandIn(Timing.SYSTEM, breakAfterOne)) {
      refusing.set(host);
      host.files().add("a", "old".getBytes(StandardCharsets.UTF_8));
      host.files().nameOtherwise(OtherNameTest::other, OtherNameTest::other);
      Run run = Run.against(host, home, command.formatted(folder).split(" "));
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("under another name alone: _\n").contains(told);
      assertThat(host.files().contents()).containsEntry("a", List.of("old"));
    }
  }

  /** The new file was removed, and what became of the others was not told. */
  @ParameterizedTest
  @ValueSource(strings = {"put -r --if-exists=replace %s/. /", "sync --yes %s :/"})
  void nameThatTheHostDoesNotTell_removesNothing(String command) throws IOException {
    Path folder = Files.createDirectory(home.resolve("up"));
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      for (String name : List.of("a", "b")) {
        Files.writeString(folder.resolve(name), "new " + name);
        host.files().add(name, "old".getBytes(StandardCharsets.UTF_8));
      }
      host.files().nameOtherwise(OtherNameTest::other, name -> name);
      host.refuse("/v1/file/info.cgi", "Resource not allowed #631");
      Run run = Run.against(host, home, command.formatted(folder).split(" "));
      assertThat(run.exitCode()).isEqualTo(8);
      assertThat(run.err()).contains("a: the host ").contains(" _: ");
      assertThat(host.files().contents())
          .isEqualTo(Map.of("a", List.of("old", "new a"), "b", List.of("new b")));
    }
  }

  @Test
  void fileThatCanBeRenamed_getsItsName() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().add("a.txt", new byte[] {'o', 'l', 'd'});
      host.files().nameOtherwise(OtherNameTest::other, name -> name);
      assertThat(replace(host)).isEqualTo(new Run(0, "", ""));
      assertThat(host.files().contents()).isEqualTo(Map.of("a.txt", List.of("new")));
    }
  }

  /** None was renamed after that, and what was stored was told as not tried. */
  @ParameterizedTest
  @ValueSource(strings = {"put -r --if-exists=replace %s/. /", "sync --yes %s :/"})
  void removalThatFails_leavesNoWrongName_andTellsWhatIsStored(String command) throws IOException {
    Path folder = Files.createDirectory(home.resolve("up"));
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      for (String name : List.of("a", "b", "c")) {
        Files.writeString(folder.resolve(name), "new " + name);
      }
      host.files().add("a", "old".getBytes(StandardCharsets.UTF_8));
      host.files().add("b", "old".getBytes(StandardCharsets.UTF_8));
      host.files().nameOtherwise(OtherNameTest::other, name -> name);
      host.refuse("/v1/file/rm.cgi", "Resource not allowed #631");
      Run run = Run.against(host, home, command.formatted(folder).split(" "));
      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err())
          .contains("a: it is stored, beside what it replaces: ")
          .contains("b: it is stored, beside what it replaces: ")
          .contains(command.startsWith("put") ? "1 of 3 files done" : "1 done, 2 failed")
          .doesNotContain("another name");
      assertThat(host.files().contents())
          .isEqualTo(
              Map.of(
                  "a",
                  List.of("old", "new a"),
                  "b",
                  List.of("old", "new b"),
                  "c",
                  List.of("new c")));
    }
  }
}
