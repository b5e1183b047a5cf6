package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.FolderId;
import io.consigne.client.sync.Pair.State;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run promises, whatever the host. */
abstract class SyncContract extends SyncMovedContract {
  @Test
  void newFolder_isMadeAsItIs_andThenThereIsNothingToDo() throws IOException {
    writeSome();
    assertThat(run(planUp(false)).failed()).isEmpty();
    assertThat(remote()).isEqualTo(localContents());
    Plan again = planUp(true);
    assertThat(again.steps()).isEmpty();
    assertThat(again.same()).isEqualTo(4);
  }

  @Test
  void run_doesWhatThePlanSays_andPlanningDoesNothing() throws IOException {
    writeSome();
    run(planUp(false));
    Map<String, List<String>> before = remote();
    write("a.txt", "another one");
    write("new/e.txt", "five");
    Files.delete(local.resolve("b.txt"));
    Plan plan = planUp(true);
    assertThat(remote()).isEqualTo(before);
    assertThat(plan.steps())
        .extracting(step -> step.getClass().getSimpleName() + " " + step.path())
        .containsExactly("MakeFolder new", "Send a.txt", "Send new/e.txt", "RemoveRemote b.txt");
    var told = new ArrayList<Step>();
    Outcome outcome =
        new Run(client, listings, sides(), new Run.Watch(Progress.UNSEEN, told::add), downloads())
            .of(plan);
    assertThat(outcome.failed()).isEmpty();
    assertThat(told).containsExactlyInAnyOrderElementsOf(plan.steps());
    assertThat(remote()).isEqualTo(localContents());
  }

  @Test
  void withoutDelete_nothingIsRemoved() throws IOException {
    writeSome();
    run(planUp(false));
    Files.delete(local.resolve("b.txt"));
    assertThat(planUp(false).steps()).isEmpty();
    assertThat(remote()).containsKey("b.txt");
  }

  @Test
  void touchedFile_isNotSentAgain() throws IOException {
    Path file = write("a.txt", "one");
    run(planUp(false));
    Files.setLastModifiedTime(file, FileTime.from(TIME.plusSeconds(60)));
    assertThat(planUp(false).steps()).isEmpty();
  }

  /** Same size, and the time was put back: only who reads the bytes sees it. */
  @Test
  void hiddenChange_isSeenByReading() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    write("a.txt", "eno");
    assertThat(planUp(false).steps()).isEmpty();
    var reading = new Comparison.Sides(local, "Backup/of me", Filter.ALL, true, age());
    assertThat(Comparison.of(reading, listings).pairs())
        .extracting(Pair::state)
        .containsExactly(State.DIFFERENT);
  }

  @Test
  void copiesOfOnePath_becomeOne() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    FolderId folder = listings.folder("Backup/of me", Duration.ZERO).id();
    client
        .uploads()
        .send(
            folder,
            List.of(
                UploadSource.of("a.txt", "one".getBytes(StandardCharsets.UTF_8)),
                UploadSource.of("a.txt", "old".getBytes(StandardCharsets.UTF_8))),
            Progress.UNSEEN);
    expireListings();
    assertThat(run(planUp(false)).failed()).isEmpty();
    assertThat(remote()).isEqualTo(Map.of("a.txt", List.of("one")));
  }

  @Test
  void runThatDies_isEndedByTheNext() throws IOException {
    writeSome();
    for (int i = 0; i < 30; i++) {
      write("many/file %02d".formatted(i), "text " + i);
    }
    run(planUp(false));
    for (int i = 0; i < 30; i++) {
      write("many/file %02d".formatted(i), "changed " + i);
    }
    Progress dying =
        event -> {
          if (event instanceof TransferEvent.Ended) {
            throw new IllegalStateException("the process dies");
          }
        };
    Plan plan = planUp(false);
    var run = new Run(client, listings, sides(), new Run.Watch(dying, step -> {}), downloads());
    assertThatThrownBy(() -> run.of(plan)).hasMessage("the process dies");
    // The host has all of both; nothing of that is in the cache.
    run(planUp(false));
    assertThat(remote()).isEqualTo(localContents());
  }

  @Test
  void changedSinceThePlan_isLeft() throws IOException {
    write("a.txt", "one");
    write("b.txt", "two");
    Plan plan = planUp(false);
    write("a.txt", "longer than before");
    Outcome outcome = run(plan);
    assertThat(outcome.failed())
        .extracting(failed -> failed.step().path() + ": " + failed.reason())
        .containsExactly("a.txt: a.txt changed before it was read whole");
    assertThat(remote()).containsOnlyKeys("b.txt");
  }

  @Test
  void filteredFiles_areLeftOnBothSides() throws IOException {
    write("keep.log", "log");
    write("a.txt", "one");
    run(planUp(false));
    Files.delete(local.resolve("keep.log"));
    write("more.log", "log");
    var filter =
        new Filter(List.of(Filter.Rule.exclude("*.log")), Filter.Sizes.ANY, Filter.Times.ANY);
    var sides = new Comparison.Sides(local, "Backup/of me", filter, false, age());
    assertThat(Plan.up(Comparison.of(sides, listings), true).steps()).isEmpty();
  }

  /** A file that had got another name was nowhere at the host: not stored, and removed. */
  @Test
  void whatIsAtTheHostAlone_staysIfSomethingIsNotStored() throws IOException {
    write("a.txt", "one");
    write("z.txt", "two");
    run(planUp(false));
    Files.move(local.resolve("a.txt"), local.resolve("b.txt"));
    Plan plan = planUp(true);
    write("b.txt", "one, and more");
    assertThat(run(plan).failed())
        .extracting(failed -> failed.step().path() + ": " + failed.reason())
        .containsExactly(
            "b.txt: b.txt changed before it was read whole",
            "a.txt: not removed, since something else could not be done");
    assertThat(remote()).containsOnlyKeys("a.txt", "z.txt");
    assertThat(run(planUp(true)).failed()).isEmpty();
    assertThat(remote()).containsOnlyKeys("b.txt", "z.txt");
  }

  @Test
  void missingLocalFolder_isNoEmptyOne() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    Files.delete(local.resolve("a.txt"));
    Files.delete(local);
    assertThatThrownBy(() -> planUp(true)).isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void localFolderThatIsALink_isFollowed() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    Path real = Files.move(local, directory.resolve("real"));
    Files.createSymbolicLink(local, real);
    assertThat(planUp(true).steps()).isEmpty();
    write("deep/b.txt", "two");
    assertThat(run(planUp(true)).failed()).isEmpty();
    assertThat(remote()).containsOnlyKeys("a.txt", "deep/b.txt");
    Files.delete(real.resolve("a.txt"));
    assertThat(run(Plan.down(Comparison.of(sides(), listings), true)).failed()).isEmpty();
    assertThat(real.resolve("a.txt")).hasContent("one");
  }

  /**
   * Names of Latin-1, which are no UTF-8: as text two are one, and nothing was synced; one alone
   * was stored under a name that no other program knew it by.
   */
  @Test
  void namesThatAreNoText_failAlone() throws Exception {
    write("a.txt", "one");
    write("caf\ufffd", "stays at the host");
    write("x\ufffd/deep/a", "stays, too");
    write("gone", "goes");
    run(planUp(false));
    for (String path : List.of("caf\ufffd", "x\ufffd/deep/a", "x\ufffd/deep", "x\ufffd", "gone")) {
      Files.delete(local.resolve(path));
    }
    String make =
        "printf one > $'caf\\xe8'; printf two > $'caf\\xe9'; printf 3 > $'\\xff.log';"
            + " mkdir $'x\\xfe'; printf four > $'x\\xfe/a'";
    Process bash = new ProcessBuilder("bash", "-c", make).directory(local.toFile()).start();
    assertThat(bash.waitFor()).isZero();
    write("b.txt", "two");
    var filter =
        new Filter(List.of(Filter.Rule.exclude("*.log")), Filter.Sizes.ANY, Filter.Times.ANY);
    var sides = new Comparison.Sides(local, "Backup/of me", filter, false, age());
    Comparison.Result compared = Comparison.of(sides, listings);
    assertThat(compared.unread().keySet()).containsExactly("caf\\xe8", "caf\\xe9", "x\\xfe");
    assertThat(compared.unread().values())
        .extracting(Throwable::getMessage)
        .containsOnly("its name is no text in UTF-8; rename it");
    assertThat(run(Plan.up(compared, true)).failed()).isEmpty();
    assertThat(remote()).containsOnlyKeys("a.txt", "b.txt", "caf\ufffd", "x\ufffd/deep/a");
    assertThat(Plan.down(Comparison.of(sides, listings), true).steps()).isEmpty();
  }

  /** A file that the JVM cannot tell from one whose name is no text is one of its own. */
  @Test
  void nameThatLooksAsIfItWereNoText_isOne() throws Exception {
    write("caf\ufffd", "one");
    Process bash =
        new ProcessBuilder("bash", "-c", "printf two > $'caf\\xe9'")
            .directory(local.toFile())
            .start();
    assertThat(bash.waitFor()).isZero();
    assertThat(run(planUp(true)).failed()).isEmpty();
    assertThat(remote()).isEqualTo(Map.of("caf\ufffd", List.of("one")));
    Files.delete(local.resolve("caf\ufffd"));
    assertThat(planUp(true).steps()).isEmpty();
  }

  @Test
  void folderOfTheRoot_isSeen_whateverItsNameBeginsWith() throws IOException {
    write("\ud83d\udcf7 2024/a.txt", "one");
    var all = new Comparison.Sides(local, "", Filter.ALL, false, age());
    Plan first = Plan.up(Comparison.of(all, listings), false);
    new Run(client, listings, all, Run.Watch.NOBODY, downloads()).of(first);
    expireListings();
    assertThat(Plan.up(Comparison.of(all, listings), true).steps()).isEmpty();
    assertThat(Plan.down(Comparison.of(all, listings), true).steps()).isEmpty();
  }

  @Test
  void changedWhileItIsSent_takesThePlaceOfNothing() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    Files.setLastModifiedTime(write("a.txt", "two"), FileTime.from(TIME.plusSeconds(10)));
    Outcome outcome =
        runMeanwhile(
            planUp(false),
            () ->
                Files.setLastModifiedTime(
                    write("a.txt", "six"), FileTime.from(TIME.plusSeconds(20))));
    assertThat(outcome.failed())
        .extracting(Outcome.Failed::reason)
        .containsExactly("a.txt changed before it was read whole");
    assertThat(remote()).as("it was stored").isEqualTo(Map.of("a.txt", List.of("one")));
    assertThat(run(planUp(false)).failed()).isEmpty();
    assertThat(remote()).isEqualTo(Map.of("a.txt", List.of("six")));
  }

  /** What had become different in just that was left, and nothing said so. */
  @Test
  void filterBySize_goesByTheModel() throws IOException {
    var large = new Filter(List.of(), new Filter.Sizes(4, 9), Filter.Times.ANY);
    write("a.txt", "one");
    run(planUp(false));
    write("a.txt", "longer");
    write("b.txt", "x");
    assertThat(planned(large, true)).containsExactly("Send a.txt");
    assertThat(planned(large.of(Filter.Model.REMOTE), false)).isEmpty();
    run(planUp(false));
    write("a.txt", "two");
    write("b.txt", "longer");
    assertThat(planned(large, false)).containsExactly("Fetch b.txt");
    assertThat(planned(large.of(Filter.Model.REMOTE), false)).containsExactly("Fetch a.txt");
  }

  private List<String> planned(Filter filter, boolean up) throws IOException {
    var sides = new Comparison.Sides(local, "Backup/of me", filter, false, age());
    Comparison.Result compared = Comparison.of(sides, listings);
    Plan plan = up ? Plan.up(compared, false) : Plan.down(compared, false);
    return plan.steps().stream()
        .map(step -> step.getClass().getSimpleName() + " " + step.path())
        .toList();
  }

  /** Here it was passed over and there it was not, so that it was removed. */
  @Test
  void whatIsCalledLikeAHalf_isPassedOverOnBothSides() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    client
        .uploads()
        .send(
            listings.folder("Backup/of me", age()).id(),
            List.of(UploadSource.of("b.joined-0123abcd", "two".getBytes(StandardCharsets.UTF_8))),
            Progress.UNSEEN);
    expireListings();
    write("b.joined-0123abcd", "two");
    assertThat(planUp(true).steps()).isEmpty();
    assertThat(Plan.down(Comparison.of(sides(), listings), true).steps()).isEmpty();
    Files.delete(local.resolve("b.joined-0123abcd"));
    assertThat(planUp(true).steps()).extracting(Step::path).containsExactly("b.joined-0123abcd");
  }
}
