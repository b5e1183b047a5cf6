package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.PendingHashes;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.LinkId;
import io.consigne.hashes.Whirlpool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whirlpool hashes come in the end, whatever happens before. */
class PendingHashesTest {
  private static final int FILES = 300;

  @TempDir Path directory;
  private final FaultyBlobs blobs = new FaultyBlobs(new Random(1));

  @ParameterizedTest
  @EnumSource
  void backlogOfManyContents_isWorkedOff(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      UploadReport report;
      try (Upload upload = host.begin(alice)) {
        for (int i = 0; i < FILES; i++) {
          UploadHost.send(upload, "f" + i, StoredBytes.random(i, 10 * i));
        }
        report = upload.commit(UploadForm.PLAIN);
      }
      host.hashes.start(2);

      await().until(() -> pending(host) == 0);
      for (int i : new int[] {0, 1, FILES - 1}) {
        assertThat(host.file(alice, report.kept().get(i).link()).whirlpool())
            .isEqualTo(whirlpool(StoredBytes.random(i, 10 * i)));
      }
    }
  }

  @Test
  void whatWasPendingAtTheEnd_isComputedAfterARestart() {
    byte[] bytes = StoredBytes.random(1, 300_000);
    LinkId link;
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      link = host.keep(alice, "a", bytes).link();
    }
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      host.hashes.start(1);

      await().until(() -> pending(host) == 0);
      var account = host.accounts.get("alice@example.org");
      Access alice = Access.full(account.id(), Plan.GOLD, account.root(), null);
      assertThat(host.file(alice, link).whirlpool()).isEqualTo(whirlpool(bytes));
    }
  }

  @Test
  void rottenContent_holdsUpNoOther_andIsTriedAgain() {
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, 300_000);
      LinkId rotten = host.keep(alice, "rotten", bytes).link();
      Segment segment = host.segments(alice, rotten).getFirst();
      blobs.flip(segment.storeFile(), segment.offset());
      LinkId good = host.keep(alice, "good", StoredBytes.random(2, 10)).link();
      try (var hashes = new PendingHashes(host.database, blobs, Duration.ofMillis(20))) {
        hashes.start(1);
        await().until(() -> !host.file(alice, good).whirlpool().isEmpty());
        assertThat(host.file(alice, rotten).whirlpool()).isEmpty();

        blobs.flip(segment.storeFile(), segment.offset());
        await().until(() -> pending(host) == 0);
        assertThat(host.file(alice, rotten).whirlpool()).isEqualTo(whirlpool(bytes));
      }
    }
  }

  @Test
  void rottenContent_isTriedAgain_alsoWhenUploadsNeverPause() {
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      LinkId rotten = host.keep(alice, "rotten", StoredBytes.random(1, 300_000)).link();
      Segment segment = host.segments(alice, rotten).getFirst();
      blobs.flip(segment.storeFile(), segment.offset());
      ContentId good = host.file(alice, host.keep(alice, "good", new byte[1]).link()).content();
      try (var hashes = new PendingHashes(host.database, blobs, Duration.ofMillis(400))) {
        hashes.start(1);
        await().until(() -> pending(host) == 1);
        blobs.flip(segment.storeFile(), segment.offset());
        await()
            .pollInterval(Duration.ofMillis(20))
            .until(() -> {
              hashes.wake(good);
              return pending(host) == 0;
            });
      }
    }
  }

  @Test
  void newUpload_wakesTheWorker() {
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      host.hashes.start(1);
      for (int i = 0; i < 5; i++) {
        LinkId link = host.keep(alice, "a", StoredBytes.random(i, 100)).link();
        await().until(() -> !host.file(alice, link).whirlpool().isEmpty());
      }
    }
  }

  private static long pending(UploadHost host) {
    return host.database.read(
        sql -> sql.number("SELECT COUNT(*) FROM content_hashes WHERE value IS NULL"));
  }

  private static String whirlpool(byte[] bytes) {
    var whirlpool = new Whirlpool();
    whirlpool.update(bytes, 0, bytes.length);
    return whirlpool.hexDigest();
  }
}
