package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run promises that makes the local folder as the host's is, whatever the host. */
abstract class SyncDownContract extends SyncScene {
  @Test
  void down_makesTheLocalFolder_andDeletesThere() throws IOException {
    writeSome();
    run(planUp(false));
    Map<String, List<String>> before = localContents();
    Files.delete(local.resolve("deep/er/d.txt"));
    write("a.txt", "changed here");
    write("only here.txt", "x");
    Plan plan = Plan.down(Comparison.of(sides(), listings), true);
    assertThat(plan.steps())
        .extracting(step -> step.getClass().getSimpleName() + " " + step.path())
        .containsExactly("Fetch a.txt", "Fetch deep/er/d.txt", "RemoveLocal only here.txt");
    assertThat(run(plan).failed()).isEmpty();
    assertThat(localContents()).isEqualTo(before);
    assertThat(planUp(true).steps()).isEmpty();
  }

  /** They destroyed each other. */
  @Test
  void fileOfTheNameOfAnothersPart_isLeftToTheNextRun() throws IOException {
    write("a", "whole");
    write("a.part", "half");
    run(planUp(false));
    Map<String, List<String>> before = localContents();
    Files.delete(local.resolve("a"));
    Files.delete(local.resolve("a.part"));
    Outcome outcome = run(Plan.down(Comparison.of(sides(), listings), false));
    assertThat(outcome.failed())
        .extracting(failed -> failed.step().path() + ": " + failed.reason())
        .containsExactly("a.part: its name is taken while another file is fetched");
    assertThat(local.resolve("a")).hasContent("whole");
    assertThat(run(Plan.down(Comparison.of(sides(), listings), false)).failed()).isEmpty();
    assertThat(localContents()).isEqualTo(before);
  }

  /** A run up, after one down that was cut off, removed at the host what was not here yet. */
  @Test
  void fileOfWhichHalfIsHere_isNotRemoved() throws IOException {
    write("a.txt", "one");
    write("big.iso.split/0001", "part");
    run(planUp(false));
    Files.delete(local.resolve("a.txt"));
    Files.delete(local.resolve("big.iso.split/0001"));
    write("a.txt.part", "o");
    write("a.txt.part.state", "consigne-download 1 …");
    write("big.iso.joined-0123abcd", "p");
    Comparison.Result compared = Comparison.of(sides(), listings);
    assertThat(Plan.up(compared, true).steps()).isEmpty();
    assertThat(compared.halves())
        .isEqualTo(Map.of("a.txt", "a.txt.part", "big.iso.split/0001", "big.iso.joined-0123abcd"));
  }

  @Test
  void linkInTheWay_leadsNowhere() throws IOException {
    write("deep/a.txt", "one");
    run(planUp(false));
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.delete(local.resolve("deep/a.txt"));
    Files.delete(local.resolve("deep"));
    Files.createSymbolicLink(local.resolve("deep"), outside);
    Outcome outcome = run(Plan.down(Comparison.of(sides(), listings), false));
    assertThat(outcome.failed()).hasSize(1);
    assertThat(outside).isEmptyDirectory();
  }

  /** It was said of the file itself, which is not in the way. */
  @Test
  void whatIsInTheWayOfAPart_isNamed() throws IOException {
    write("deep/a.txt", "one");
    run(planUp(false));
    Files.delete(local.resolve("deep/a.txt"));
    Files.createDirectory(local.resolve("deep/a.txt.part"));
    assertThat(run(Plan.down(Comparison.of(sides(), listings), false)).failed())
        .extracting(failed -> failed.step().path() + ": " + failed.reason())
        .containsExactly("deep/a.txt: a.txt.part: this program did not make it; move it away");
  }

  @Test
  void fileInThePlaceOfAFolder_isLeft() throws IOException {
    write("deep/a.txt", "one");
    run(planUp(false));
    Files.delete(local.resolve("deep/a.txt"));
    Files.delete(local.resolve("deep"));
    write("deep", "a file");
    assertThat(run(Plan.down(Comparison.of(sides(), listings), false)).failed())
        .extracting(failed -> failed.step().path() + ": " + failed.reason())
        .containsExactly("deep/a.txt: a file is where its folder is to be");
    assertThat(local.resolve("deep")).hasContent("a file");
  }

  /** It was fetched whole, and then called one that had come since. */
  @Test
  void linkInThePlaceOfAFile_isLeft() throws IOException {
    write("a.txt", "one");
    write("b.txt", "two");
    run(planUp(false));
    Files.delete(write("b.txt", "six"));
    Files.createSymbolicLink(local.resolve("b.txt"), directory.resolve("none"));
    Outcome outcome = run(Plan.down(Comparison.of(sides(), listings), true));
    assertThat(outcome.failed())
        .extracting(failed -> failed.step().path() + ": " + failed.reason())
        .containsExactly("b.txt: a folder or a symbolic link of that name is in its way");
    assertThat(local.resolve("b.txt")).isSymbolicLink();
  }

  @Test
  void changedHereSinceThePlan_isNotFetchedOver() throws IOException {
    write("a.txt", "one");
    write("b.txt", "two");
    run(planUp(false));
    write("a.txt", "changed here");
    Files.delete(local.resolve("b.txt"));
    Plan plan = Plan.down(Comparison.of(sides(), listings), true);
    write("a.txt", "changed here once more");
    write("b.txt", "new here");
    Outcome outcome = run(plan);
    assertThat(outcome.failed())
        .extracting(failed -> failed.step().path() + ": " + failed.reason())
        .containsExactlyInAnyOrder(
            "a.txt: it has changed since it was decided to replace it",
            "b.txt: a file of that name has come since it was compared");
    assertThat(local.resolve("a.txt")).hasContent("changed here once more");
    assertThat(local.resolve("b.txt")).hasContent("new here");
  }

  @Test
  void whatIsHereAlone_staysIfSomethingIsNotFetched() throws IOException {
    write("deep/a.txt", "one");
    run(planUp(false));
    Files.move(local.resolve("deep/a.txt"), local.resolve("old name.txt"));
    Files.delete(local.resolve("deep"));
    write("deep", "in the way");
    assertThat(run(Plan.down(Comparison.of(sides(), listings), true)).failed())
        .extracting(failed -> failed.step().path() + ": " + failed.reason())
        .containsExactly(
            "deep/a.txt: a file is where its folder is to be",
            "deep: not removed, since something else could not be done",
            "old name.txt: not removed, since something else could not be done");
    assertThat(local.resolve("old name.txt")).hasContent("one");
  }

  @Test
  void changedWhileItIsFetched_isNotReplaced() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    write("a.txt", "changed here");
    Plan plan = Plan.down(Comparison.of(sides(), listings), true);
    Outcome outcome = runMeanwhile(plan, () -> write("a.txt", "changed here once more"));
    assertThat(outcome.failed()).hasSize(1);
    assertThat(local.resolve("a.txt")).hasContent("changed here once more");
  }
}
