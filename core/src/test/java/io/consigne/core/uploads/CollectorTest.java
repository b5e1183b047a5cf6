package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Collector;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.HookedBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import io.consigne.core.jobs.Background;
import io.consigne.core.testing.FullDatabase;
import io.consigne.core.testing.Refusal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is collected, and when. */
class CollectorTest {
  private static final Duration GRACE = Duration.ofMinutes(10);

  @TempDir Path directory;
  private final FaultyBlobs blobs = new FaultyBlobs(new Random(1));

  @ParameterizedTest
  @EnumSource
  void removedFile_isCollectedAfterTheGraceTime(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      LinkId gone = host.keep(alice, "a", StoredBytes.random(1, 300_000)).link();
      LinkId stays = host.keep(alice, "b", StoredBytes.random(2, 300_000)).link();
      host.files.remove(alice, List.of(gone));

      host.clock.advance(GRACE.minusMillis(1));
      collector(host).round();
      assertThat(host.storeFiles()).isEqualTo(2);

      host.clock.advance(Duration.ofMillis(1));
      collector(host).round();
      assertThat(count(host, "files")).isEqualTo(1);
      assertThat(count(host, "contents")).isEqualTo(1);
      assertThat(host.storeFiles()).isEqualTo(2);

      host.clock.advance(GRACE.minusMillis(1));
      collector(host).round();
      assertThat(host.storeFiles()).isEqualTo(2);

      host.clock.advance(Duration.ofMillis(1));
      collector(host).round();
      assertThat(host.storeFiles()).isEqualTo(1);
      assertThat(host.read(alice, stays)).hasSize(300_000);
      assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    }
  }

  /** They would have stayed, and taken room, until that time came. */
  @ParameterizedTest
  @EnumSource
  void whatWasRemovedByAClockThatWasAhead_isCollectedAllTheSame(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      LinkId gone = host.keep(alice, "a", StoredBytes.random(1, 300_000)).link();
      LinkId removed = host.keep(alice, "b", StoredBytes.random(2, 300_000)).link();
      host.files.remove(alice, List.of(gone));
      host.clock.advance(Duration.ofDays(700));
      host.files.remove(alice, List.of(removed));
      collector(host).round();
      host.clock.advance(Duration.ofDays(-700));
      collector(host).round();
      for (int i = 0; i < 2; i++) {
        host.clock.advance(GRACE);
        collector(host).round();
      }
      assertThat(count(host, "files")).isZero();
      assertThat(host.storeFiles()).isZero();
      assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void fullDisk_doesNotKeepWhatIsToBeDeleted(TestDatabases.Kind kind) {
    var database = new FullDatabase(kind.open(directory));
    try (var host = new UploadHost(database, blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      LinkId gone = host.keep(alice, "a", StoredBytes.random(1, 300_000)).link();
      host.files.remove(alice, List.of(gone));
      host.clock.advance(GRACE);
      collector(host).round();
      host.clock.advance(GRACE);
      assertThat(host.storeFiles()).isEqualTo(1);

      database.full(true);
      assertThatThrownBy(() -> collector(host).round()).isInstanceOf(DatabaseFull.class);
      assertThat(host.storeFiles()).isZero();
      database.full(false);
    }
  }

  @ParameterizedTest
  @EnumSource
  void pack_isDeletedWhenNobodyHoldsIt(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, 300);
      LinkId gone = host.keep(alice, "a", bytes).link();
      host.files.remove(alice, List.of(gone));
      try (var held = blobs.append(List.of(ByteBuffer.wrap(bytes)))) {
        host.collect();
        assertThat(host.storeFiles()).isEqualTo(1);
        assertThat(count(host, "contents")).isZero();
        assertThat(StoredBytes.read(blobs, held.segments().getFirst())).isEqualTo(bytes);
      }
      host.collect();
      assertThat(host.storeFiles()).isZero();
      assertThat(count(host, "store_files")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void pack_thatWasDoomed_isKeptWhenItGetsAContent(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      host.files.remove(alice, List.of(host.keep(alice, "a", StoredBytes.random(1, 300)).link()));
      host.clock.advance(GRACE);
      collector(host).round();
      LinkId link = host.keep(alice, "b", StoredBytes.random(2, 300)).link();
      host.clock.advance(GRACE);
      collector(host).round();

      assertThat(host.read(alice, link)).isEqualTo(StoredBytes.random(2, 300));
      assertThat(host.storeFiles()).isEqualTo(1);
      assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordThatNoFileGot_isCountedAsDead(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      LinkId link = host.keep(alice, "a", StoredBytes.random(1, 300)).link();
      try (Upload upload = host.begin(alice)) {
        UploadHost.send(upload, "b", StoredBytes.random(2, 500));
        host.accounts.setDisabled(alice.account(), true);
        assertThat(Refusal.of(() -> upload.commit(UploadForm.PLAIN)))
            .isEqualTo(new Failure.NotAuthenticated());
        host.accounts.setDisabled(alice.account(), false);
      }

      Segment kept = host.segments(alice, link).getFirst();
      assertThat(number(host, "dead_bytes")).isEqualTo(500 + 4 + 52);
      assertThat(number(host, "size_bytes")).isEqualTo(kept.recordEnd() + 500 + 4 + 52);
      host.files.remove(alice, List.of(link));
      host.collect();
      assertThat(host.storeFiles()).isZero();
    }
  }

  /** The row that makes the pack needed comes between the look for doomed ones and the deletion. */
  @ParameterizedTest
  @EnumSource
  void pack_thatGetsAContentInTheLastMoment_stays(TestDatabases.Kind kind) {
    var hooked = new HookedBlobs(blobs);
    try (var host = new UploadHost(kind.open(directory), hooked)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      host.files.remove(alice, List.of(host.keep(alice, "a", StoredBytes.random(1, 300)).link()));
      var kept = new ArrayList<LinkId>();
      hooked.beforeNextRetire(
          () -> kept.add(host.keep(alice, "b", StoredBytes.random(2, 300)).link()));
      host.collect();

      assertThat(host.read(alice, kept.getFirst())).isEqualTo(StoredBytes.random(2, 300));
      assertThat(host.storeFiles()).isEqualTo(1);
      assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    }
  }

  @Test
  void manyRemovedFiles_areCollectedInOneRound() {
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      UploadReport report;
      try (Upload upload = host.begin(alice)) {
        for (int i = 0; i < 450; i++) {
          UploadHost.send(upload, "f" + i, StoredBytes.random(i, 20));
        }
        report = upload.commit(UploadForm.PLAIN);
      }
      host.files.remove(
          alice, report.kept().stream().skip(1).map(UploadedFile.Kept::link).toList());
      host.collect();

      assertThat(count(host, "contents")).isEqualTo(1);
      assertThat(host.read(alice, report.kept().getFirst().link()))
          .isEqualTo(StoredBytes.random(0, 20));
      assertThat(number(host, "dead_bytes")).isEqualTo(449 * (20 + 4 + 52));
      assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    }
  }

  /** A host's stop waited for all of it. */
  @Test
  void hostThatStops_leavesTheRestForAnotherTime() throws InterruptedException {
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      try (Upload upload = host.begin(alice)) {
        for (int i = 0; i < 450; i++) {
          UploadHost.send(upload, "f" + i, StoredBytes.random(i, 20));
        }
        UploadReport report = upload.commit(UploadForm.PLAIN);
        host.files.remove(alice, report.kept().stream().map(UploadedFile.Kept::link).toList());
      }
      host.clock.advance(GRACE);
      var started = new CountDownLatch(1);
      var background = new Background();
      background.once(
          "collection",
          () -> {
            started.countDown();
            while (!Background.isEnding()) {
              Thread.onSpinWait();
            }
            collector(host).round();
          });
      started.await();
      background.close();

      assertThat(count(host, "contents")).isEqualTo(250);
      collector(host).round();
      assertThat(count(host, "contents")).isZero();
      assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    }
  }

  @Test
  void content_shownAgainInTime_stays() {
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, 300_000);
      host.files.remove(alice, List.of(host.keep(alice, "a", bytes).link()));
      LinkId again = host.keep(alice, "b", bytes).link();
      host.clock.advance(GRACE.multipliedBy(2));
      collector(host).round();

      assertThat(host.read(alice, again)).isEqualTo(bytes);
      assertThat(count(host, "files")).isEqualTo(1);
      assertThat(Ledger.faults(host.database, blobs)).isEmpty();
    }
  }

  /** A count that is wrong, by whatever, costs room until it is put right, and no bytes. */
  @ParameterizedTest
  @EnumSource
  void storeFile_thatIsWronglyCountedAsNobodys_stays(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, 300_000);
      LinkId link = host.keep(alice, "a", bytes).link();
      host.database.change(sql -> sql.update("UPDATE store_files SET segments = 0, doomed_at = 5"));
      host.collect();

      assertThat(host.read(alice, link)).isEqualTo(bytes);
    }
  }

  @Test
  void storeFile_thatCannotBeDeleted_isDeletedInTheNextRound() {
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      host.files.remove(
          alice, List.of(host.keep(alice, "a", StoredBytes.random(1, 300_000)).link()));
      blobs.failAt(FaultyBlobs.Call.DELETE, 1);
      host.collect();
      assertThat(count(host, "store_files")).isEqualTo(1);

      host.collect();
      assertThat(count(host, "store_files")).isZero();
      assertThat(host.storeFiles()).isZero();
    }
  }

  private static Collector collector(UploadHost host) {
    return new Collector(host.database, host.blobs, host.contents, host.clock, GRACE);
  }

  /** A column of the only store file. */
  private static long number(UploadHost host, String column) {
    return host.database.read(sql -> sql.number("SELECT " + column + " FROM store_files"));
  }

  private static long count(UploadHost host, String table) {
    return host.database.read(sql -> sql.number("SELECT COUNT(*) FROM " + table));
  }
}
