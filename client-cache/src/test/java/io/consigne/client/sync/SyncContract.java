package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.sync.Pair.State;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run promises, whatever the host. */
@SuppressWarnings("NullAway.Init") // set before each test
abstract class SyncContract {
  static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path directory;
  Path local;
  Client client;
  Listings listings;

  /** Starts a host; how its client talks to it. */
  abstract ClientConfig start() throws IOException;

  abstract void stop() throws IOException;

  /** How many files are fetched at once. */
  abstract int downloads();

  /** What of listings is believed. */
  abstract Duration age();

  @BeforeEach
  void open() throws IOException {
    local = Files.createDirectory(directory.resolve("local"));
    ClientConfig config = start();
    client = new Client(config);
    listings = new Listings(client, config, directory.resolve("cache"));
  }

  @AfterEach
  void close() throws IOException {
    listings.close();
    client.close();
    stop();
  }

  Comparison.Sides sides() {
    return new Comparison.Sides(local, "Backup/of me", Filter.ALL, false, age());
  }

  Path write(String path, String text) throws IOException {
    Path file = local.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setLastModifiedTime(file, FileTime.from(TIME));
  }

  Plan planUp(boolean deletes) throws IOException {
    return Plan.up(Comparison.of(sides(), listings), deletes);
  }

  Outcome run(Plan plan) throws IOException {
    return new Run(client, listings, sides(), Run.Watch.NOBODY, downloads()).of(plan);
  }

  /** A file of the host, as the cache has it. */
  RemoteFile remoteFile(String path) throws IOException {
    return listings.tree("Backup/of me", age()).files().getOrDefault(path, List.of()).getFirst();
  }

  /** What the host has below the top folder, asked for by another client of the account. */
  Map<String, List<String>> remote() throws IOException {
    var contents = new TreeMap<String, List<String>>();
    read(FolderId.ROOT, "", contents);
    var below = new TreeMap<String, List<String>>();
    contents.forEach((path, texts) -> below.put(path.replaceFirst("^Backup/of me/", ""), texts));
    return below;
  }

  private void read(FolderId folder, String path, Map<String, List<String>> contents)
      throws IOException {
    FolderListing listing = client.folders().list(folder);
    for (RemoteFile file : listing.files()) {
      try (InputStream in = client.downloads().open(DownloadSource.of(file), 0, file.sizeBytes())) {
        contents
            .computeIfAbsent(path + file.name(), _ -> new ArrayList<>())
            .add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    for (Folder sub : listing.folders()) {
      read(sub.id(), path + sub.name() + "/", contents);
    }
  }

  Map<String, List<String>> localContents() throws IOException {
    var contents = new TreeMap<String, List<String>>();
    try (Stream<Path> files = Files.walk(local)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(local.relativize(file).toString(), List.of(Files.readString(file)));
      }
    }
    return contents;
  }

  private void writeSome() throws IOException {
    write("a.txt", "one");
    write("b.txt", "two");
    write("deep/er/c é.txt", "three");
    write("deep/er/d.txt", "four");
  }

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

  /** Lets what is believed of listings pass. */
  abstract void expireListings() throws IOException;

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
  void changedWhileItIsFetched_isNotReplaced() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    write("a.txt", "changed here");
    Plan plan = Plan.down(Comparison.of(sides(), listings), true);
    Outcome outcome = runMeanwhile(plan, () -> write("a.txt", "changed here once more"));
    assertThat(outcome.failed()).hasSize(1);
    assertThat(local.resolve("a.txt")).hasContent("changed here once more");
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

  /** Runs a plan of one transfer, and does something else when its first bytes have moved. */
  private Outcome runMeanwhile(Plan plan, Callable<?> other) throws IOException {
    var moved = new AtomicBoolean();
    Progress progress =
        event -> {
          if (event instanceof TransferEvent.Moved && moved.compareAndSet(false, true)) {
            assertThatCode(other::call).doesNotThrowAnyException();
          }
        };
    var watch = new Run.Watch(progress, _ -> {});
    return new Run(client, listings, sides(), watch, downloads()).of(plan);
  }
}
