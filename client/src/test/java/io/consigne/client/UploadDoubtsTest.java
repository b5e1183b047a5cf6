package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.AccountSeen;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.OpenUpload;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.UploadJournal;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way in which an upload can end doubtfully, alone: the file is there once. */
class UploadDoubtsTest {
  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  private Client client(StandIn host) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.DOCUMENTED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state")));
  }

  private static UploadSource hello() {
    return UploadSource.of("hello.txt", "hello".getBytes(StandardCharsets.UTF_8));
  }

  private static Function<String, Fault> times(String path, Fault fault, int times) {
    var left = new AtomicInteger(times);
    return seen -> seen.equals(path) && left.getAndDecrement() > 0 ? fault : Fault.NONE;
  }

  private void isThereOnce(Function<String, Fault> script) throws IOException {
    isThereOnce(script, Duration.ZERO);
  }

  private void isThereOnce(Function<String, Fault> script, Duration late) throws IOException {
    try (var host = new StandIn(timing, script);
        var client = client(host)) {
      host.files().listingsAreLate(late);
      List<UploadResult> results =
          client.uploads().send(FolderId.ROOT, List.of(hello()), Progress.UNSEEN);
      assertThat(results).singleElement().isInstanceOf(UploadResult.Stored.class);
      assertThat(host.files().contents()).isEqualTo(Map.of("hello.txt", List.of("hello")));
      assertThat(host.watch().broken()).isEmpty();
      assertThat(host.failures()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void uploadOnceWrong_isThereOnce(Fault fault) throws IOException {
    isThereOnce(times("/upload.cgi", fault, 1));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void reportThriceWrong_isThereOnce(Fault fault) throws IOException {
    isThereOnce(times("/end.pl", fault, 3));
  }

  /** The report never comes: what lies in the folder decides. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LATE_REPORT", "EMPTY_REPORT", "BAD_GATEWAY", "LOST_ANSWER"})
  void reportNeverThere_isFoundInTheFolder(Fault fault) throws IOException {
    isThereOnce(times("/end.pl", fault, 1_000));
  }

  /** It was sent again after two minutes and a half, and then five times more. */
  @Test
  void whatIsListedAfterFourMinutes_withoutAReport_isThereOnce() throws IOException {
    isThereOnce(times("/end.pl", Fault.LATE_REPORT, 1_000), Duration.ofMinutes(4));
  }

  @Test
  void whatWentOutUnanswered_isNotSentAgainWhileItMayBeListedStill() throws IOException {
    Function<String, Fault> lost = times("/upload.cgi", Fault.LOST_ANSWER, 1);
    Function<String, Fault> late = times("/end.pl", Fault.LATE_REPORT, 1_000);
    isThereOnce(
        path -> path.equals("/end.pl") ? late.apply(path) : lost.apply(path),
        Duration.ofMinutes(4));
  }

  /** What the host said to have taken stays in doubt; a report that comes later settles it. */
  @Test
  void whatTheHostTook_andNeverTellsOf_isInDoubt_andNotSentAgain() throws IOException {
    var journal = new Journal();
    var told = new AtomicBoolean();
    try (var host =
            new StandIn(
                timing,
                path -> path.equals("/end.pl") && !told.get() ? Fault.LATE_REPORT : Fault.NONE);
        var client = client(host)) {
      host.files().listingsAreLate(Duration.ofHours(1));
      List<UploadResult> results =
          client.uploads().in(journal).send(FolderId.ROOT, List.of(hello()), Progress.UNSEEN);
      assertThat(results)
          .singleElement()
          .isInstanceOfSatisfying(
              UploadResult.InDoubt.class,
              doubt ->
                  assertThat(doubt.refusal().said().text())
                      .isEqualTo(
                          "the host may have hello.txt, and does not tell yet what became of it;"
                              + " the same again asks for it before anything is sent"));
      assertThat(host.seen("/upload.cgi")).isEqualTo(1);
      told.set(true);
      assertThat(journal.open).hasSize(1);
      assertThat(client.uploads().settle(journal.open.getFirst(), false))
          .singleElement()
          .isInstanceOf(UploadResult.Stored.class);
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  private static final class Journal implements UploadJournal {
    private final List<OpenUpload> open = new ArrayList<>();

    @Override
    public void open(OpenUpload upload) {
      open.add(upload);
    }

    @Override
    public void end(List<OpenUpload> uploads, List<UploadResult> results) {
      open.removeAll(uploads);
    }
  }

  /** The report of 1fichier.com has a checksum, which was not compared. */
  @Test
  void otherBytesThanWereSent_areNoSuccess() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().storeOtherBytes(true);
      assertThat(client.uploads().send(FolderId.ROOT, List.of(hello()), Progress.UNSEEN))
          .singleElement()
          .isInstanceOfSatisfying(
              UploadResult.NotStored.class,
              not ->
                  assertThat(not.refusal().said().text())
                      .startsWith("the host stored other bytes than were sent: "));
    }
  }

  @Test
  void checksumThatTheHostDoesNotTellYet_isNoFailure() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      host.files().hashesAreLate();
      assertThat(client.uploads().send(FolderId.ROOT, List.of(hello()), Progress.UNSEEN))
          .singleElement()
          .isInstanceOf(UploadResult.Stored.class);
    }
  }

  /** One file that changed, or could not be read, ended the request of all. */
  @Test
  void changedOrUnreadableFile_isLeftOut_andOthersGo() throws IOException {
    Path gone = directory.resolve("gone");
    var bad = new IOException("Input/output error");
    List<UploadSource> sources =
        List.of(
            hello(),
            new UploadSource("grown", 3, null, () -> new ByteArrayInputStream(new byte[4])),
            new UploadSource("shrunk", 3, null, () -> new ByteArrayInputStream(new byte[2])),
            new UploadSource("gone", 3, null, () -> Files.newInputStream(gone)),
            new UploadSource("torn", 3, null, () -> torn(bad)),
            UploadSource.of("last", "last".getBytes(StandardCharsets.UTF_8)));
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      List<UploadResult> results =
          client.uploads().send(FolderId.ROOT, sources, UploadDoubtsTest::isNotRepeated);
      assertThat(
              results.stream()
                  .map(result ->
                      result instanceof UploadResult.NotStored no
                          ? no.refusal().said().text()
                          : "stored"))
          .containsExactly(
              "stored",
              "grown became longer while it was sent",
              "shrunk became shorter while it was sent",
              "gone is not there any more",
              "torn cannot be read: Input/output error",
              "stored");
      assertThat(host.files().contents())
          .isEqualTo(Map.of("hello.txt", List.of("hello"), "last", List.of("last")));
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  /** Each of them ended a request, and was told beside each file that was to go again. */
  @Test
  void manyChangedFiles_areLeftOutBeforeOneRequest() throws IOException {
    var sources = new ArrayList<>(List.of(hello()));
    for (String name : List.of("a", "b", "c")) {
      Path file = Files.writeString(directory.resolve(name), name);
      sources.add(UploadSource.of(file));
      Files.writeString(file, "changed");
    }
    Path gone = Files.writeString(directory.resolve("gone"), "x");
    sources.add(UploadSource.of(gone));
    Files.delete(gone);
    var requests = new AtomicInteger();
    Function<String, Fault> counted =
        path -> {
          requests.addAndGet(path.equals("/upload.cgi") ? 1 : 0);
          return Fault.NONE;
        };
    try (var host = new StandIn(timing, counted);
        var client = client(host)) {
      List<UploadResult> results =
          client.uploads().send(FolderId.ROOT, sources, UploadDoubtsTest::isNotRepeated);
      assertThat(results.stream().filter(result -> result instanceof UploadResult.NotStored))
          .hasSize(4);
      assertThat(host.files().contents()).isEqualTo(Map.of("hello.txt", List.of("hello")));
      assertThat(requests).hasValue(1);
      List<UploadSource> changed = sources.subList(1, 5);
      assertThat(client.uploads().send(FolderId.ROOT, changed, Progress.UNSEEN)).hasSize(4);
      assertThat(requests).as("nothing is left").hasValue(1);
    }
  }

  private static void isNotRepeated(TransferEvent event) {
    assertThat(event).isNotInstanceOf(TransferEvent.Repeated.class);
  }

  private static InputStream torn(IOException failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw failure;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        throw failure;
      }
    };
  }

  @Test
  void emptyFile_isRefusedInWords_andOthersGo() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      List<UploadResult> results =
          client
              .uploads()
              .send(
                  FolderId.ROOT,
                  List.of(UploadSource.of("empty", new byte[0]), hello()),
                  Progress.UNSEEN);
      assertThat(results.getFirst())
          .isInstanceOfSatisfying(
              UploadResult.NotStored.class,
              no ->
                  assertThat(no.refusal().said().text())
                      .isEqualTo("this host does not store empty files: empty"));
      assertThat(host.files().contents()).containsOnlyKeys("hello.txt");
    }
  }

  @Test
  void lostFolder_isLookedFor_notMadeTwice() throws IOException {
    try (var host = new StandIn(timing, times("/v1/folder/mkdir.cgi", Fault.LOST_ANSWER, 1));
        var client = client(host)) {
      client.folders().make(FolderId.ROOT, "Docs");
      assertThat(host.files().folderNames()).containsExactly("Docs");
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  @Test
  void account_isAskedOnceInFiveMinutes() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host)) {
      client.account();
      client.account();
      timing.sleep(Duration.ofMinutes(6));
      client.account();
      assertThat(host.watch().calls()).isEqualTo(2);
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  /** The next process within five minutes neither asks nor waits, and says how old that is. */
  @Test
  void account_isRememberedForOtherProcesses() throws IOException {
    try (var host = new StandIn(timing.truth(), _ -> Fault.NONE)) {
      AccountSeen first;
      try (var client = client(host)) {
        first = client.accountSeen();
      }
      timing.sleep(Duration.ofMinutes(4));
      try (var client = client(host)) {
        assertThat(client.accountSeen()).isEqualTo(first);
        assertThat(first.asked()).isEqualTo(timing.now().minus(Duration.ofMinutes(4)));
      }
      timing.sleep(Duration.ofMinutes(2));
      try (var client = client(host)) {
        assertThat(client.accountSeen().asked()).isEqualTo(timing.now());
      }
      assertThat(host.seen()).filteredOn(path -> path.endsWith("user/info.cgi")).hasSize(2);
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  /**
   * What lies there is no copy: whoever replaces it would remove what was taken for the new one.
   */
  @Test
  void uploadThatIsNotThere_isNotTakenForTheOneItReplaces() throws IOException {
    try (var host = new StandIn(timing, times("/upload.cgi", Fault.PAGE, 1));
        var client = client(host)) {
      host.files().add("hello.txt", "hello".getBytes(StandardCharsets.UTF_8));
      FileLink old =
          DownloadSource.of(client.folders().list(FolderId.ROOT).files().getFirst()).link();
      List<UploadResult> results =
          client.uploads().send(FolderId.ROOT, List.of(hello()), Set.of(old), Progress.UNSEEN);
      assertThat(results)
          .singleElement()
          .isInstanceOfSatisfying(
              UploadResult.Stored.class, stored -> assertThat(stored.link()).isNotEqualTo(old));
      assertThat(host.files().contents()).isEqualTo(Map.of("hello.txt", List.of("hello", "hello")));
    }
  }

  @Test
  void floodWithoutEnd_isToldInTheEnd() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.FLOOD);
        var client = client(host)) {
      assertThatThrownBy(client::account)
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.Flood.class));
      assertThat(host.watch().broken()).isEmpty();
      assertThat(host.seen().size()).isLessThan(12);
    }
  }
}
