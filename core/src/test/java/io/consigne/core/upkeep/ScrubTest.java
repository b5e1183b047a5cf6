package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.FullDatabase;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.upkeep.UpkeepHost.Ended;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What rots is found, named by the files that it hits, and kept in mind until it is healed. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class ScrubTest {
  private static final int LARGE = 300_000;

  private final TestDatabases.Kind kind;
  private final FaultyBlobs store = new FaultyBlobs(new Random(1));
  private final HookedBlobs blobs = new HookedBlobs(store);
  private final Heard<Damage> heard = new Heard<>();

  @TempDir Path directory;
  private FullDatabase database;
  private UpkeepHost host;
  private Access alice;
  private Access bob;

  ScrubTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = new FullDatabase(kind.open(directory));
    host = new UpkeepHost(database, blobs);
    alice = host.account("alice@example.org");
    bob = host.account("bob@example.org");
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void soundStore_isReadToItsEnd() {
    host.keep(alice, List.of("a", "b", "c"), contents(3, 1000));
    host.keep(bob, "large", StoredBytes.random(9, LARGE));
    host.keep(bob, "empty", new byte[0]);

    ScrubReport report = host.scrub(heard);
    assertThat(heard.found).isEmpty();
    assertThat(report.complete()).isTrue();
    assertThat(report.segments()).isEqualTo(5);
    assertThat(report.bytes()).isEqualTo(report.totalBytes()).isEqualTo(3000 + LARGE);
    assertThat(report.damaged()).isZero();
  }

  @Test
  void flippedByte_isFoundWithTheFilesOfAllAccounts() {
    List<LinkId> links = host.keep(alice, List.of("a", "b", "c"), contents(3, 1000));
    FolderId deep = host.parts.folder(alice, "Deep");
    host.move(alice, links.get(1), deep);
    var file = host.parts.files.get(alice, FileRef.of(links.get(1))).file();
    host.parts.copy(bob, List.of(file), FolderRef.ROOT, null);
    Segment segment = host.segment(alice, links.get(1));
    store.flip(segment.storeFile(), segment.offset() + 17);

    ScrubReport report = host.scrub(heard);
    assertThat(report.damaged()).isEqualTo(1);
    assertThat(heard.found).hasSize(1);
    Damage damage = heard.found.getFirst();
    assertThat(damage.what())
        .isEqualTo(
            "%s at %d: the block's checksum differs"
                .formatted(segment.storeFile(), segment.offset()));
    assertThat(damage.contents()).hasSize(2);
    assertThat(damage.files())
        .extracting(AffectedFile::account, AffectedFile::path)
        .containsExactly(tuple("alice@example.org", "/Deep/b"), tuple("bob@example.org", "/b"));
    assertThat(damage.files().getFirst().link()).isEqualTo(links.get(1).value());
  }

  @Test
  void cutAndMissingStoreFiles_areFound() {
    Segment cut = host.segment(alice, host.keep(alice, "cut", StoredBytes.random(1, LARGE)));
    Segment gone = host.segment(alice, host.keep(alice, "gone", StoredBytes.random(2, LARGE)));
    host.keep(alice, "sound", StoredBytes.random(3, LARGE));
    store.truncate(cut.storeFile(), LARGE / 2);
    store.delete(gone.storeFile());

    assertThat(host.scrub(heard).damaged()).isEqualTo(2);
    assertThat(heard.found.stream().flatMap(each -> each.files().stream()))
        .extracting(AffectedFile::path)
        .containsExactlyInAnyOrder("/cut", "/gone");
  }

  @Test
  void fullDisk_stopsNoPass_beforeItsEnd_andDamageIsTold() {
    for (int i = 1; i <= 2; i++) {
      Segment segment =
          host.segment(alice, host.keep(alice, "file" + i, StoredBytes.random(i, LARGE)));
      store.flip(segment.storeFile(), segment.offset() + 17);
    }
    database.full(true);
    assertThatThrownBy(() -> host.scrub(heard)).isInstanceOf(DatabaseFull.class);
    assertThat(heard.found).hasSize(2);

    database.full(false);
    assertThat(host.scrub(new Heard<>()).damaged()).isEqualTo(2);
  }

  /** Nothing is noted there, so that every minute's pass finds it again. */
  @Test
  void background_onAFullDisk_tellsOfTheSameDamageOnceADay() {
    for (int i = 1; i <= 2; i++) {
      Segment segment =
          host.segment(alice, host.keep(alice, "file" + i, StoredBytes.random(i, LARGE)));
      store.flip(segment.storeFile(), segment.offset() + 17);
    }
    database.full(true);
    try (var told = new Told()) {
      for (int round = 0; round < 3; round++) {
        backgroundRoundWithoutRoom();
        host.parts.clock.advance(Duration.ofMinutes(1));
      }
      assertThat(told.lines()).hasSize(2);
      host.parts.clock.advance(Duration.ofDays(1).minusMinutes(3));
      backgroundRoundWithoutRoom();
      assertThat(told.lines()).hasSize(4);
      assertThat(Set.copyOf(told.lines())).hasSize(2);
    }
  }

  private void backgroundRoundWithoutRoom() {
    Scrub scrub = host.upkeep.scrub();
    assertThatThrownBy(() -> scrub.round(Duration.ofDays(30), ReadRate.of(Long.MAX_VALUE)))
        .isInstanceOf(DatabaseFull.class);
  }

  /** What the background tells of damage. */
  private static final class Told implements AutoCloseable {
    private final Logger upkeep = (Logger) LoggerFactory.getLogger("io.consigne.core.upkeep");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    Told() {
      log.start();
      upkeep.addAppender(log);
    }

    List<String> lines() {
      return log.list.stream()
          .map(ILoggingEvent::getFormattedMessage)
          .filter(line -> line.startsWith("Stored bytes are damaged: "))
          .toList();
    }

    @Override
    public void close() {
      upkeep.detachAppender(log);
    }
  }

  @Test
  void interruptedPass_onAFullDisk_endsByWhatInterruptedIt() {
    host.keep(alice, "file", StoredBytes.random(1, 5 * LARGE));
    database.full(true);
    assertThatThrownBy(() -> host.scrub(new Heard<>(3))).isInstanceOf(Ended.class);
    database.full(false);
  }

  @Test
  void interruptedPass_goesOnWhereItWas_alsoWithinASegment() {
    for (int i = 0; i < 5; i++) {
      host.keep(alice, "file" + i, StoredBytes.random(i, 5 * LARGE));
    }
    long total = 5L * 5 * LARGE;
    for (int i = 0; i < 8; i++) {
      assertThatThrownBy(() -> host.scrub(new Heard<>(4))).isInstanceOf(Ended.class);
    }
    ScrubReport before = host.upkeep.scrub().report();
    assertThat(before.complete()).isFalse();
    assertThat(before.bytes()).isBetween(total / 4, total - 1);

    var rest = new Heard<Damage>();
    ScrubReport after = host.scrub(rest);
    assertThat(after.complete()).isTrue();
    assertThat(after.bytes()).isEqualTo(total);
    assertThat(after.segments()).isEqualTo(5);
  }

  @Test
  void damage_isFoundAtWhateverStepThePassIsInterrupted() {
    List<LinkId> links = host.keep(alice, List.of("a", "b", "c", "d"), contents(4, 70_000));
    Segment segment = host.segment(alice, links.get(2));
    store.flip(segment.storeFile(), segment.offset() + 69_999);
    for (int step = 1; step < 10; step++) {
      var interrupted = new Heard<Damage>(step);
      var rest = new Heard<Damage>();
      try {
        host.scrub(interrupted);
      } catch (Ended e) {
        host.scrub(rest);
      }
      assertThat(interrupted.found.size() + rest.found.size()).as("step " + step).isPositive();
      assertThat(host.upkeep.scrub().report().damaged()).isEqualTo(1);
    }
  }

  @Test
  void anew_readsFromTheBegin() {
    Segment segment = host.segment(alice, host.keep(alice, "a", StoredBytes.random(1, LARGE)));
    host.keep(alice, "b", StoredBytes.random(2, LARGE));
    host.keep(alice, "c", StoredBytes.random(3, LARGE));
    assertThatThrownBy(() -> host.scrub(new Heard<>(5))).isInstanceOf(Ended.class);
    store.flip(segment.storeFile(), 5);

    host.upkeep.scrub().run(ReadRate.of(Long.MAX_VALUE), true, heard);
    assertThat(heard.found).hasSize(1);
  }

  @Test
  void damage_isOffTheList_whenTheSameBytesAreUploadedAgain() {
    byte[] bytes = StoredBytes.random(1, LARGE);
    LinkId link = host.keep(alice, "a", bytes);
    store.flip(host.segment(alice, link).storeFile(), 5);
    host.scrub(heard);
    assertThat(status().found).hasSize(1);

    host.keep(alice, "again", bytes);
    assertThat(status().found).isEmpty();
    assertThat(host.upkeep.scrub().report().damaged()).isZero();
    assertThat(host.read(alice, link)).isEqualTo(bytes);
    host.scrub(heard);
    assertThat(rowsOfDamage()).isZero();
  }

  @Test
  void damage_isOffTheList_whenTheFileIsCollected() {
    LinkId link = host.keep(alice, "a", StoredBytes.random(1, LARGE));
    store.flip(host.segment(alice, link).storeFile(), 5);
    host.scrub(heard);
    host.remove(alice, link);
    assertThat(status().found).hasSize(1);
    assertThat(status().found.getFirst().files()).isEmpty();

    host.collectLater();
    assertThat(status().found).isEmpty();
  }

  @Test
  void damage_isOffTheList_whenTheNextPassDoesNotSeeIt() {
    LinkId link = host.keep(alice, "a", StoredBytes.random(1, LARGE));
    String storeFile = host.segment(alice, link).storeFile();
    store.flip(storeFile, 5);
    host.scrub(heard);
    host.parts.clock.advance(Duration.ofDays(1));
    store.flip(storeFile, 5);
    assertThat(status().found).hasSize(1);

    assertThat(host.scrub(heard).damaged()).isZero();
    assertThat(rowsOfDamage()).isZero();
  }

  @Test
  void segmentThatIsCollectedWhileItIsRead_isNoDamage() {
    LinkId link = host.keep(alice, "a", StoredBytes.random(1, LARGE));
    String storeFile = host.segment(alice, link).storeFile();
    host.remove(alice, link);
    blobs.afterNextOpen(() -> {
      host.collectLater();
      assertThat(
              host.parts.number(
                  "SELECT COUNT(*) FROM content_segments WHERE store_file = ?", storeFile))
          .isZero();
      throw new Failure.Rotten(storeFile + " at 0: gone").asException();
    });

    assertThat(host.scrub(heard).damaged()).isZero();
    assertThat(heard.found).isEmpty();
  }

  @Test
  void background_runsWhenItIsDue_andNotBefore() {
    host.keep(alice, "a", StoredBytes.random(1, LARGE));
    ReadRate fast = ReadRate.of(Long.MAX_VALUE);
    host.upkeep.scrub().round(Duration.ofDays(30), fast);
    ScrubReport first = host.upkeep.scrub().report();
    assertThat(first.complete()).isTrue();

    host.parts.clock.advance(Duration.ofDays(30).minusMillis(1));
    host.upkeep.scrub().round(Duration.ofDays(30), fast);
    assertThat(host.upkeep.scrub().report().began()).isEqualTo(first.began());

    host.parts.clock.advance(Duration.ofMillis(1));
    host.upkeep.scrub().round(Duration.ofDays(30), fast);
    assertThat(host.upkeep.scrub().report().began()).isAfter(first.began());
  }

  @Test
  void background_givesWayToAPassThatIsAskedFor_whichGoesOn() throws Exception {
    for (int i = 0; i < 40; i++) {
      host.keep(alice, "file" + i, StoredBytes.random(i, LARGE));
    }
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var reads = new AtomicInteger();
    ReadRate held =
        ReadRate.of(
            UpkeepLimits.LEAST_BYTES_PER_SECOND,
            System::nanoTime,
            nanos -> {
              reads.incrementAndGet();
              begun.countDown();
              go.await();
            });
    Thread background =
        Thread.ofPlatform().start(() -> host.upkeep.scrub().round(Duration.ofDays(1), held));
    begun.await();
    var report = new CompletableFuture<ScrubReport>();
    Thread asked = Thread.ofPlatform().start(() -> report.complete(host.scrub(heard)));
    await().until(() -> asked.getState() == Thread.State.WAITING);
    go.countDown();
    background.join();

    assertThat(reads).hasValueLessThan(5);
    assertThat(report.get().complete()).isTrue();
    assertThat(report.get().segments()).isEqualTo(40);
    assertThat(report.get().bytes()).isEqualTo(40L * LARGE);
  }

  @Test
  void secondPassThatIsAskedFor_isRefused() {
    host.keep(alice, "a", StoredBytes.random(1, LARGE));
    blobs.afterNextOpen(() ->
        assertThatThrownBy(() -> host.scrub(new Heard<>()))
            .isInstanceOf(FailureException.class)
            .hasMessage("A scrub that was asked for runs already"));
    assertThat(host.scrub(heard).complete()).isTrue();
    assertThat(heard.found).isEmpty();
  }

  private Heard<Damage> status() {
    var status = new Heard<Damage>();
    host.upkeep.scrub().status(status);
    return status;
  }

  private long rowsOfDamage() {
    return host.parts.number("SELECT COUNT(*) FROM host WHERE name LIKE 'damage%'");
  }

  private static List<byte[]> contents(int count, int size) {
    return IntStream.range(0, count).mapToObj(i -> StoredBytes.random(100 + i, size)).toList();
  }
}
