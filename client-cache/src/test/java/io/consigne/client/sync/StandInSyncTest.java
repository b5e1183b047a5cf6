package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with what behaves like 1fichier.com, whose limits are kept. */
@SuppressWarnings("NullAway.Init") // set before each test
class StandInSyncTest extends SyncContract {
  /** Of the folders above, the folder itself and the two in it. */
  private static final int BEFORE_THE_LAST = 5;

  private final VirtualTiming timing = new VirtualTiming();
  private volatile Function<String, Fault> script = _ -> Fault.NONE;
  private StandIn host;

  @Override
  ClientConfig start() throws IOException {
    host = new StandIn(timing.truth(), path -> script.apply(path));
    return ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
        .with(Limits.DOCUMENTED)
        .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
        .with(new TransferLimits(500, 8 << 20, 256 << 20, 1, 1, 8_192, 300_000_000_000L))
        .stateIn(directory.resolve("state"));
  }

  @Override
  void stop() throws IOException {
    assertThat(host.watch().broken()).isEmpty();
    assertThat(host.failures()).isEmpty();
    host.close();
  }

  @Override
  int downloads() {
    return 1;
  }

  @Override
  Duration age() {
    return Duration.ofSeconds(30);
  }

  @Override
  void expireListings() {
    timing.sleep(Duration.ofMinutes(6));
  }

  @Test
  void nothingToDo_asksNothingWithinTheAge() throws IOException {
    write("deep/a.txt", "one");
    run(planUp(false));
    planUp(false);
    int seen = host.seen().size();
    assertThat(planUp(false).steps()).isEmpty();
    assertThat(host.seen()).hasSize(seen);
  }

  /** Without checksum and memory, equal size alone is not called equal. */
  @Test
  void emptyFile_isToldAsFailed() throws IOException {
    write("empty", "");
    assertThat(run(planUp(false)).failed())
        .extracting(Outcome.Failed::reason)
        .containsExactly("this host does not store empty files: empty");
  }

  /** No checksums, no report, and a predecessor of the same name and size. */
  @Test
  void uploadThatIsNotThere_isNotTakenForItsPredecessor() throws IOException {
    host.files().hashesAreLate();
    write("a.txt", "one");
    run(planUp(false));
    Path file = write("a.txt", "two");
    Files.setLastModifiedTime(file, FileTime.from(TIME.plusSeconds(1)));
    expireListings();
    var sent = new AtomicInteger();
    script =
        path ->
            switch (path) {
              case "/upload.cgi" -> sent.incrementAndGet() == 1 ? Fault.PAGE : Fault.NONE;
              case "/end.pl" -> Fault.LATE_REPORT;
              default -> Fault.NONE;
            };
    assertThat(run(planUp(false)).failed()).isEmpty();
    assertThat(remote()).isEqualTo(localContents());
  }

  /** What is from the future is not believed. */
  @Test
  void clockThatIsSetBack_hidesNoChangeOfOthers() throws IOException {
    write("a.txt", "one");
    write("b.txt", "two");
    run(planUp(false));
    planUp(false);
    listings.list(listings.folder("Backup/of me", age()), age());
    FileLink gone = DownloadSource.of(remoteFile("a.txt")).link();
    timing.set(Duration.ofHours(-1));
    client.files().remove(List.of(gone));
    timing.sleep(Duration.ofMinutes(6));
    assertThat(run(planUp(false)).done()).hasSize(1);
    assertThat(remote()).isEqualTo(localContents());
  }

  /** It ended the run, so that those behind it never came. */
  @Test
  void fileOfWhichEachAnswerBreaksOff_isLeft_andTheOthersAreFetched() throws IOException {
    writeSome();
    run(planUp(false));
    String broken = "/p" + DownloadSource.of(remoteFile("b.txt")).link().id();
    Files.delete(local.resolve("a.txt"));
    Files.delete(local.resolve("b.txt"));
    Files.delete(local.resolve("deep/er/d.txt"));
    script = path -> path.equals(broken) ? Fault.TRUNCATED : Fault.NONE;
    Outcome outcome = run(Plan.down(Comparison.of(sides(), listings), false));
    assertThat(outcome.failed())
        .extracting(failed -> failed.step().path())
        .containsExactly("b.txt");
    assertThat(outcome.done()).extracting(Step::path).containsExactly("a.txt", "deep/er/d.txt");
  }

  /** Each of many files was tried six times at a host that was gone. */
  @Test
  void hostThatGoes_endsTheRun() throws IOException {
    writeSome();
    run(planUp(false));
    Plan plan = Plan.down(Comparison.of(elsewhere(), listings), false);
    script = path -> path.startsWith("/p") ? gone() : Fault.NONE;
    assertThatThrownBy(
            () -> new Run(client, listings, elsewhere(), Run.Watch.NOBODY, downloads()).of(plan))
        .hasStackTraceContaining("java.net.ConnectException");
  }

  /** It ended the run, though the others lie elsewhere. */
  @Test
  void fileWhoseNodeIsGone_isLeft_andTheOthersAreFetched() throws IOException {
    writeSome();
    run(planUp(false));
    host.files().moveTo(nobody(), DownloadSource.of(remoteFile("b.txt")).link().id());
    Plan plan = Plan.down(Comparison.of(elsewhere(), listings), false);
    Outcome outcome =
        new Run(client, listings, elsewhere(), Run.Watch.NOBODY, downloads()).of(plan);
    assertThat(outcome.failed())
        .extracting(failed -> failed.step().path())
        .containsExactly("b.txt");
    assertThat(outcome.done()).extracting(Step::path).contains("a.txt", "deep/er/d.txt");
  }

  /** Where no node answers, nothing is gained by six tries for each file. */
  @Test
  void nodesThatAreGoneOneAfterTheOther_endTheRun() throws IOException {
    for (int i = 0; i < 9; i++) {
      write("file" + i, "x" + i);
    }
    run(planUp(false));
    List<String> nobody = nobody(9);
    for (int i = 0; i < 9; i++) {
      host.files().moveTo(nobody.get(i), DownloadSource.of(remoteFile("file" + i)).link().id());
    }
    Plan plan = Plan.down(Comparison.of(elsewhere(), listings), false);
    var run = new Run(client, listings, elsewhere(), Run.Watch.NOBODY, downloads());
    assertThatThrownBy(() -> run.of(plan)).hasStackTraceContaining("java.net.ConnectException");
    assertThat(run.soFar().failed()).hasSize(4);
  }

  /** Where nobody listens. */
  private static String nobody() {
    return nobody(1).getFirst();
  }

  /** So many different places: ports that no program is given by chance. */
  private static List<String> nobody(int places) {
    return IntStream.rangeClosed(1, places).mapToObj(port -> "127.0.0.1:" + port).toList();
  }

  private Comparison.Sides elsewhere() throws IOException {
    Path other = Files.createDirectories(directory.resolve("other"));
    return new Comparison.Sides(other, "Backup/of me", Filter.ALL, false, age());
  }

  private Fault gone() {
    assertThatCode(host::close).doesNotThrowAnyException();
    return Fault.CUT;
  }

  /** One of them is refused, so they go in pieces, and there is no room for the second. */
  @Test
  void whatIsStored_whenTheRestFails_isDone() throws IOException {
    for (int i = 10; i < 50; i++) {
      write("file" + i, "x");
    }
    host.files().refuseNames("file40"::equals);
    var sent = new AtomicInteger();
    script =
        path -> {
          if (path.equals("/upload.cgi") && sent.incrementAndGet() == 3) {
            host.refuse(path, "Quota exceeded");
          }
          return Fault.NONE;
        };
    Plan plan = planUp(false);
    var run = new Run(client, listings, sides(), Run.Watch.NOBODY, downloads());
    assertThatThrownBy(() -> run.of(plan)).hasMessageContaining("Quota exceeded");
    assertThat(host.files().contents()).hasSize(20);
    assertThat(run.soFar().done())
        .filteredOn(Step.Send.class::isInstance)
        .extracting(Step::path)
        .containsExactlyInAnyOrderElementsOf(host.files().contents().keySet());
  }

  /** Each run added a copy. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fileThatTheHostNamesOtherwise_isThereOnceOrNot(boolean isRenamed) throws IOException {
    UnaryOperator<String> other = name -> name.replace('a', '_');
    host.files().nameOtherwise(other, isRenamed ? name -> name : other);
    write("a.txt", "one");
    write("b.txt", "two");
    for (int i = 0; i < 2; i++) {
      Outcome outcome = run(planUp(false));
      assertThat(outcome.failed()).hasSize(isRenamed ? 0 : 1);
      expireListings();
    }
    assertThat(host.files().contents().keySet())
        .isEqualTo(isRenamed ? Set.of("a.txt", "b.txt") : Set.of("b.txt"));
    assertThat(host.files().contents().get("b.txt")).hasSize(1);
  }

  /** What a listing has no checksum of may have one by now; if not, somebody is to know. */
  @Test
  void fileWithoutAChecksum_isAskedFor_andIsToldOf() throws IOException {
    host.files().hashesAreLate();
    write("a.txt", "one");
    run(planUp(false));
    expireListings();
    Files.delete(local.resolve("a.txt"));
    Plan plan = Plan.down(Comparison.of(sides(), listings), false);
    var seen = new ArrayList<TransferEvent>();
    var watch = new Run.Watch(seen::add, _ -> {});
    assertThat(new Run(client, listings, sides(), watch, downloads()).of(plan).failed()).isEmpty();
    assertThat(host.seen("/v1/file/info.cgi")).isEqualTo(1);
    assertThat(seen)
        .filteredOn(TransferEvent.Unverified.class::isInstance)
        .extracting(event -> event.file().name())
        .containsExactly("a.txt");
  }

  /** Listed in both folders, it was removed by its old path: nobody had it any more. */
  @Test
  void fileThatIsMovedWhileFoldersAreListed_stays() throws IOException {
    write("A/f", "one");
    write("A/other", "two");
    write("B/other", "three");
    run(planUp(false));
    String moved = DownloadSource.of(remoteFile("A/f")).link().url();
    long target = listings.folders().make("Backup/of me/B", age()).id().value();
    Files.move(local.resolve("A/f"), local.resolve("B/f"));
    expireListings();
    var listed = new AtomicInteger();
    script =
        path -> {
          if (path.equals("/v1/folder/ls.cgi") && listed.incrementAndGet() == BEFORE_THE_LAST) {
            host.files().move(moved, target);
          }
          return Fault.NONE;
        };
    Plan plan = planUp(true);
    assertThat(listed.get()).isEqualTo(BEFORE_THE_LAST);
    assertThat(run(plan).failed()).isEmpty();
    assertThat(remote()).containsEntry("B/f", List.of("one")).doesNotContainKey("A/f");
  }
}
