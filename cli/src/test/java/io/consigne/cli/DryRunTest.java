package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code --dry-run} of put, get, mv and cp tells is what the command then does. */
final class DryRunTest extends OneDesk {
  private static final String DRY = ",\"dryRun\":true";
  private static final Pattern ROW = Pattern.compile("\\{\"from\"[^}]*}");

  /** All that is at the host, and in the folder {@code here}. */
  private Set<String> state() throws IOException {
    var state = new TreeSet<String>();
    desk.good("find", "/").lines().map(path -> path.replaceFirst("/$", "")).forEach(state::add);
    Path here = Files.createDirectories(desk.path("here"));
    try (Stream<Path> files = Files.walk(here)) {
      files.map(Path::toString).forEach(state::add);
    }
    return state;
  }

  private static List<String> rows(Run run) {
    return ROW.matcher(run.out()).results().map(MatchResult::group).sorted().toList();
  }

  /** The rows as those of a run that does it. */
  private static List<String> dryRows(Run run) {
    assertThat(rows(run)).allMatch(row -> row.contains(DRY));
    return rows(run).stream().map(row -> row.replace(DRY, "")).toList();
  }

  private Run run(String option, String... command) {
    var arguments = new ArrayList<>(List.of(command));
    arguments.add(1, option);
    return desk.run(arguments.toArray(String[]::new));
  }

  /** Rehearses a command, then runs it: rows, complaints and end are the same; the lines told. */
  private List<String> rehearsed(String... command) throws IOException {
    Set<String> before = state();
    Run told = run("--dry-run", command);
    Run asJson = dryJson(command);
    assertThat(state()).as("nothing is changed").isEqualTo(before);
    Run done = run("--json", command);
    assertThat(dryRows(asJson)).isNotEmpty().isEqualTo(rows(done));
    assertThat(told.exitCode()).isEqualTo(asJson.exitCode()).isEqualTo(done.exitCode());
    assertThat(told.err()).isEqualTo(done.err() + "consigne: nothing was done\n");
    Set<String> came = state();
    Set<String> targets = targets(told);
    assertThat(came).as("what was told").containsAll(targets);
    came.removeAll(before);
    assertThat(came)
        .allMatch(
            path -> targets.contains(path) || targets.contains(path.replaceFirst("/[^/]*$", "")));
    return told.out().lines().toList();
  }

  private Run dryJson(String... command) {
    var arguments = new ArrayList<>(List.of(command));
    arguments.add(1, "--json");
    return run("--dry-run", arguments.toArray(String[]::new));
  }

  /** The variable makes all of these commands dry: nobody is to take that for a run. */
  @Test
  void variable_isToldAlsoWhereOneIsQuiet() throws IOException {
    String file = desk.write("quiet", "x").toString();
    desk.environment().put("CONSIGNE_CLI_DRY_RUN", "1");
    try {
      Run run = desk.run("put", "-q", "--json", file, "/quiet/");
      assertThat(run.err()).isEqualTo("consigne: nothing was done\n");
      assertThat(dryRows(run)).hasSize(1);
    } finally {
      desk.environment().remove("CONSIGNE_CLI_DRY_RUN");
    }
  }

  private static Set<String> targets(Run told) {
    return told.out()
        .lines()
        .map(line -> line.replaceFirst("^mkdir |^.* -> ", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void put() throws IOException {
    desk.write("put/a", "a");
    String tree = desk.path("put").toString();
    desk.write("put/deep/b", "b");
    desk.write("put/deep/c", "c");
    Files.createDirectories(desk.path("put/hollow"));
    assertThat(rehearsed("put", "-r", tree, "/new/place/"))
        .containsExactly(
            "mkdir /new",
            "mkdir /new/place",
            "mkdir /new/place/put",
            "send %s/a -> /new/place/put/a".formatted(tree),
            "mkdir /new/place/put/deep",
            "send %s/deep/b -> /new/place/put/deep/b".formatted(tree),
            "send %s/deep/c -> /new/place/put/deep/c".formatted(tree),
            "mkdir /new/place/put/hollow");
    String file = tree + "/a";
    assertThat(rehearsed("put", "--if-exists=skip", file, "/new/place/put"))
        .containsExactly("skip %s -> /new/place/put/a".formatted(file));
    assertThat(rehearsed("put", "--if-exists=replace", file, "/new/place/put"))
        .containsExactly("replace %s -> /new/place/put/a".formatted(file));
    assertThat(rehearsed("put", "--if-exists=rename", file, "/new/place/put"))
        .containsExactly("send %s -> /new/place/put/a (1)".formatted(file));
  }

  @Test
  void put_inParts() throws IOException {
    String file = desk.write("large", "123456789").toString();
    Set<String> before = state();
    Run told = desk.run("put", "-n", "--split", "--part-size=4", file, "/parts/");
    assertThat(told.out().lines())
        .containsExactly(
            "mkdir /parts",
            "mkdir /parts/large.split",
            "send %s -> /parts/large.split".formatted(file));
    assertThat(state()).isEqualTo(before);
    assertThat(dryRows(dryJson("put", "--split", "--part-size=4", file, "/parts/")))
        .isEqualTo(rows(desk.run("put", "--json", "--split", "--part-size=4", file, "/parts/")));
  }

  @Test
  void get() throws IOException {
    desk.typing("1").good("put", "-", "/get/one");
    desk.typing("2").good("put", "-", "/get/below/two");
    String here = Files.createDirectories(desk.path("here")).toString();
    assertThat(rehearsed("get", "-r", "/get", here + "/x/"))
        .containsExactly(
            "mkdir %s/x".formatted(here),
            "mkdir %s/x/get".formatted(here),
            "mkdir %s/x/get/below".formatted(here),
            "fetch /get/below/two -> %s/x/get/below/two".formatted(here),
            "fetch /get/one -> %s/x/get/one".formatted(here));
    assertThat(rehearsed("get", "--if-exists=replace", "/get/one", here + "/x/get"))
        .containsExactly("replace /get/one -> %s/x/get/one".formatted(here));
    assertThat(rehearsed("get", "--if-exists=skip", "/get/one", here + "/x/get"))
        .containsExactly("skip /get/one -> %s/x/get/one".formatted(here));
    assertThat(desk.run("get", "-n", "/get/one", "-").exitCode()).isEqualTo(2);
  }

  @Test
  void get_belowAFile() throws IOException {
    desk.typing("1").good("put", "-", "/below/one");
    String file = desk.write("here/file", "x").toString();
    String loose = desk.path("here/loose").toString();
    Files.createSymbolicLink(Path.of(loose), Path.of("nowhere"));
    assertThat(rehearsed("get", "/below/one", file + "/y/x")).isEmpty();
    assertThat(rehearsed("get", "/below/one", file + "/x")).isEmpty();
    assertThat(rehearsed("get", "/below/one", loose + "/y/x")).isEmpty();
    assertThat(desk.run("get", "/below/one", file + "/y/x").exitCode()).isEqualTo(6);
  }

  @Test
  void cp() throws IOException {
    desk.typing("1").good("put", "-", "/cp/one");
    desk.typing("2").good("put", "-", "/cp/below/two");
    assertThat(rehearsed("cp", "-r", "/cp", "/copies/here"))
        .containsExactly(
            "mkdir /copies",
            "mkdir /copies/here",
            "copy /cp/one -> /copies/here/one",
            "mkdir /copies/here/below",
            "copy /cp/below/two -> /copies/here/below/two");
  }

  /** Also what one of several takes with it that comes after it. */
  @Test
  void mv() throws IOException {
    desk.typing("1").good("put", "-", "/mv/one");
    desk.typing("3").good("put", "-", "/mv/other/three");
    assertThat(rehearsed("mv", "/mv/one", "/mv/other", "/mv/other/three", "/moved/to/"))
        .containsExactly(
            "mkdir /moved",
            "mkdir /moved/to",
            "move /mv/one -> /moved/to/one",
            "move /mv/other -> /moved/to/other");
    assertThat(desk.run("mv", "-n", "/moved/to", "/moved/to/other/").exitCode()).isEqualTo(6);
  }

  @Test
  void refusal_isTheSame() throws IOException {
    String file = desk.write("taken", "x").toString();
    desk.good("put", file, "/taken/");
    for (String[] command :
        new String[][] {
          {"put", file, "/taken/"},
          {"put", file, "/taken/taken/deeper/"},
          {"get", "/taken/taken", file},
          {"cp", "/taken/taken", "/taken/taken"},
          {"mv", "/taken", "/taken/deeper"},
          {"mv", "/none", "/other"}
        }) {
      Run dry = run("--dry-run", command);
      assertThat(dry.exitCode()).as(String.join(" ", command)).isNotZero();
      assertThat(dry).isEqualTo(desk.run(command));
    }
  }
}
