package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Timing;
import io.consigne.client.budget.Waiting;
import io.consigne.client.cache.Listings;
import io.consigne.client.cache.Remembered;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limit;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Answering;
import io.consigne.client.standin.Behind;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that ends between the bytes of an upload and its report, at a host that lists late what it
 * has stored: the next run stores nothing twice.
 */
class KilledUploadsTest {
  private static final Duration AGE = Limit.FOLDER.interval();
  private static final Duration LATE = Duration.ofMinutes(4);
  private static final String UPLOAD = "/upload.cgi";
  private static final String REPORT = "/end.pl";

  private final VirtualTiming timing = new VirtualTiming();
  private Function<String, Fault> script = _ -> Fault.NONE;
  private volatile boolean dead;

  @TempDir private Path directory;

  /** The last that a run does. */
  enum Last {
    /** Its bytes are taken, and it does not hear of that. */
    UPLOAD_UNANSWERED(UPLOAD, Fault.LOST_ANSWER),
    /** It asks for the report, and does not hear it. */
    REPORT_UNANSWERED(REPORT, Fault.CUT),
    /** It is told to wait for the report. */
    REPORT_LATE(REPORT, Fault.LATE_REPORT);

    private final String path;
    private final Fault fault;

    Last(String path, Fault fault) {
      this.path = path;
      this.fault = fault;
    }
  }

  /** The process ends where it would wait. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("a.txt", "b.txt", "c.txt")) {
      Files.writeString(
          Files.createDirectories(directory.resolve("local")).resolve(name),
          "the bytes of " + name);
    }
  }

  private Fault fault(String path) {
    return dead ? Fault.CUT : script.apply(path);
  }

  private Function<String, Fault> killedAt(String path, Fault fault) {
    return seen -> {
      dead = seen.equals(path);
      return dead ? fault : Fault.NONE;
    };
  }

  private StandIn standIn() throws IOException {
    var host = new StandIn(timing.truth(), this::fault);
    host.files().listingsAreLate(LATE);
    return host;
  }

  /** What one process has: its client, and its view of the cache that all share. */
  private final class Session implements AutoCloseable {
    private final Client client;
    private final Listings listings;

    Session(URI url, String key) throws IOException {
      Timing mortal =
          new Timing() {
            @Override
            public Instant now() {
              return timing.now();
            }

            @Override
            public void sleep(Duration time) {
              if (dead) {
                throw new Killed();
              }
              timing.sleep(time);
            }
          };
      ClientConfig config =
          ClientConfig.of(url, new ApiKey(key))
              .with(Limits.DOCUMENTED)
              .with(new Waiting(mortal, Duration.ofHours(2), Waits.UNSEEN))
              .stateIn(directory.resolve("state"));
      client = new Client(config);
      listings = new Listings(client, config, directory.resolve("cache"));
    }

    Session(StandIn host) throws IOException {
      this(host.url(), "standin-key-of-alice");
    }

    List<String> settle() throws IOException {
      return listings.files().settle("", AGE);
    }

    Outcome sync() throws IOException {
      var sides = new Comparison.Sides(directory.resolve("local"), "", Filter.ALL, false, AGE);
      Plan plan = Plan.up(Comparison.of(sides, listings), false);
      return new Run(client, listings, sides, Run.Watch.NOBODY, 4).of(plan);
    }

    @Override
    public void close() throws IOException {
      listings.close();
      client.close();
    }
  }

  private void runIsKilled(StandIn host) throws IOException {
    runIsKilled(host.url(), "standin-key-of-alice");
  }

  private void runIsKilled(URI url, String key) throws IOException {
    try (var first = new Session(url, key)) {
      assertThatThrownBy(first::sync).isInstanceOf(Killed.class);
    }
    dead = false;
    script = _ -> Fault.NONE;
  }

  private static void isThereOnce(StandIn host) {
    assertThat(host.files().contents())
        .isEqualTo(
            Map.of(
                "a.txt", List.of("the bytes of a.txt"),
                "b.txt", List.of("the bytes of b.txt"),
                "c.txt", List.of("the bytes of c.txt")));
  }

  @ParameterizedTest
  @EnumSource(Last.class)
  void whatWasStored_isFoundByItsReport(Last last) throws IOException {
    try (StandIn host = standIn()) {
      script = killedAt(last.path, last.fault);
      runIsKilled(host);
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.listings.remembered().values())
            .hasSize(3)
            .extracting(Remembered::sha256)
            .doesNotContainNull();
        assertThat(next.sync().done()).isEmpty();
        long reports = host.seen(REPORT);
        assertThat(next.settle()).isEmpty();
        assertThat(host.seen(REPORT)).as("it is settled").isEqualTo(reports);
      }
      isThereOnce(host);
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  /** The report comes when the next process has waited for it. */
  @Test
  void reportThatComesLate_isWaitedFor() throws IOException {
    try (StandIn host = standIn()) {
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      script =
          path -> path.equals(REPORT) && host.seen(REPORT) < 4 ? Fault.LATE_REPORT : Fault.NONE;
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
      }
      isThereOnce(host);
    }
  }

  /** The report is gone, or its server is: the listing is waited for, for a bounded time. */
  @ParameterizedTest
  @CsvSource({"60, true", "240, false"})
  void withoutAReport_theListingDecides(int lateSeconds, boolean inTime) throws IOException {
    try (StandIn host = standIn()) {
      host.files().listingsAreLate(Duration.ofSeconds(lateSeconds));
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      script = path -> path.equals(REPORT) ? Fault.BAD_GATEWAY : Fault.NONE;
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        Outcome outcome = next.sync();
        assertThat(outcome.done()).isEmpty();
        assertThat(outcome.failed()).hasSize(inTime ? 0 : 3);
        timing.sleep(TransferLimits.LISTED_LATE);
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
      }
      isThereOnce(host);
    }
  }

  /**
   * The host has nothing; nobody can tell it from what it does not list yet, for five minutes. It
   * was sent after one.
   */
  @Test
  void whatWasNotStored_isInDoubt_andSentThen() throws IOException {
    try (StandIn host = standIn()) {
      script = killedAt(UPLOAD, Fault.CUT);
      runIsKilled(host);
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().failed())
            .extracting(Outcome.Failed::reason)
            .allMatch(reason -> reason.contains("does not tell yet what became of it"))
            .hasSize(3);
        timing.sleep(TransferLimits.LISTED_LATE);
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).hasSize(3);
      }
      isThereOnce(host);
    }
  }

  /** What is still missing when the host must have listed it is not there: nothing is said. */
  @Test
  void longAfterwards_theReportIsAskedForOnce() throws IOException {
    try (StandIn host = standIn()) {
      script = killedAt(UPLOAD, Fault.CUT);
      runIsKilled(host);
      timing.sleep(Duration.ofMinutes(10));
      try (var next = new Session(host)) {
        long reports = host.seen(REPORT);
        assertThat(next.settle()).isEmpty();
        assertThat(host.seen(REPORT)).isEqualTo(reports + 1);
        assertThat(next.sync().done()).hasSize(3);
      }
      isThereOnce(host);
    }
  }

  /** Name, size and report had to do; the Whirlpool of what went out is known here now. */
  @Test
  void otherBytesThanWereSent_areNotTakenForThem() throws IOException {
    try (StandIn host = standIn()) {
      host.files().storeOtherBytes(true);
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      host.files().storeOtherBytes(false);
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.listings.remembered()).as("none of them is what was sent").isEmpty();
        assertThat(next.sync().done()).hasSize(3);
      }
    }
  }

  @Test
  void whatIsListed_isNotAskedAfter() throws IOException {
    try (StandIn host = standIn()) {
      host.files().listingsAreLate(Duration.ZERO);
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      try (var next = new Session(host)) {
        long reports = host.seen(REPORT);
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
        assertThat(host.seen(REPORT)).isEqualTo(reports);
      }
      isThereOnce(host);
    }
  }

  /** The file that is replaced has the size of its successor: it is none. */
  @Test
  void whatIsReplaced_isNotTakenForItsSuccessor() throws IOException {
    try (StandIn host = standIn()) {
      host.files().listingsAreLate(Duration.ZERO);
      try (var before = new Session(host)) {
        before.sync();
      }
      timing.sleep(Duration.ofMinutes(10));
      host.files().listingsAreLate(LATE);
      Files.writeString(directory.resolve("local/a.txt"), "THE BYTES OF a.txt");
      script = killedAt(UPLOAD, Fault.LOST_ANSWER);
      runIsKilled(host);
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
        next.sync();
      }
      assertThat(host.files().contents()).containsEntry("a.txt", List.of("THE BYTES OF a.txt"));
    }
  }

  /** Most runs are killed while bytes go out: no host has anything of that, and nobody waits. */
  @Test
  void bytesThatWereCutOff_areNotAskedAfter() throws IOException {
    try (StandIn host = standIn()) {
      try (var first = new Session(host)) {
        var source = new UploadSource("a.txt", 2_000_000, null, this::endless);
        assertThatThrownBy(() ->
                first
                    .listings
                    .files()
                    .store(
                        FolderId.ROOT,
                        uploads -> uploads.send(FolderId.ROOT, List.of(source), Progress.UNSEEN)))
            .isInstanceOf(Killed.class);
      }
      dead = false;
      try (var next = new Session(host)) {
        assertThat(next.settle()).isEmpty();
      }
      assertThat(host.seen(REPORT)).isZero();
    }
  }

  private InputStream endless() {
    return new InputStream() {
      @Override
      public int read() {
        return read(new byte[1], 0, 1);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        dead = true;
        throw new Killed();
      }
    };
  }

  @Test
  void uploadOfALivingProcess_isLeftAlone() throws IOException {
    var asked = new AtomicReference<List<String>>();
    try (StandIn host = standIn();
        var other = new Session(host);
        var first = new Session(host)) {
      script =
          path -> {
            if (path.equals(REPORT) && asked.get() == null) {
              long before = host.seen().size();
              asked.set(settled(other));
              assertThat(host.seen()).as("nothing is asked").hasSize((int) before);
            }
            return Fault.NONE;
          };
      assertThat(first.sync().done()).hasSize(3);
      assertThat(asked.get()).isEmpty();
      assertThat(host.failures()).isEmpty();
      isThereOnce(host);
    }
  }

  private static List<String> settled(Session process) {
    try {
      return process.settle();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Consigne host that poses as 1fichier.com, and lists what it had before the run. */
  @Test
  void realHost_thatListsLate_hasNothingTwice() throws IOException {
    var real = new AtomicReference<RealHost>();
    var before = new AtomicReference<Reply>();
    try (var host =
        new StandIn(
            timing.truth(),
            this::fault,
            url -> {
              real.set(RealHost.start(directory.resolve("host"), url));
              return lateListing(new Behind(real.get(), true), before);
            })) {
      script = killedAt(REPORT, Fault.CUT);
      runIsKilled(host.url(), real.get().key());
      try (var next = new Session(host.url(), real.get().key())) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
      }
      assertThat(names(real.get())).containsExactlyInAnyOrder("a.txt", "b.txt", "c.txt");
    } finally {
      real.get().close();
    }
  }

  private static Answering lateListing(Behind host, AtomicReference<Reply> before) {
    return request -> {
      boolean lists = request.target().startsWith("/v1/folder/ls.cgi");
      if (lists && before.get() == null) {
        before.set(host.answer(request));
      }
      return lists ? before.get() : host.answer(request);
    };
  }

  /** The same run at a Consigne host, which lists at once. */
  @ParameterizedTest
  @EnumSource(Last.class)
  void consigneHost_hasNothingTwice(Last last) throws IOException {
    var real = new AtomicReference<RealHost>();
    try (var host =
        new StandIn(
            timing.truth(),
            this::fault,
            url -> {
              real.set(RealHost.start(directory.resolve("host"), url));
              return new Behind(real.get(), false);
            })) {
      host.watch().onlyLocks();
      script = killedAt(last.path, last.fault);
      runIsKilled(host.url(), real.get().key());
      try (var next = new Session(host.url(), real.get().key())) {
        assertThat(next.settle()).isEmpty();
        assertThat(next.sync().done()).isEmpty();
      }
      assertThat(names(real.get())).containsExactlyInAnyOrder("a.txt", "b.txt", "c.txt");
    } finally {
      real.get().close();
    }
  }

  private List<String> names(RealHost host) throws IOException {
    try (var client =
        new Client(
            ClientConfig.of(host.url(), new ApiKey(host.key()))
                .stateIn(directory.resolve("state of another")))) {
      return client.folders().list(FolderId.ROOT).files().stream().map(RemoteFile::name).toList();
    }
  }
}
