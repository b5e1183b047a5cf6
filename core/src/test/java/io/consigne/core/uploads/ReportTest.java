package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.FolderId;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.hashes.Whirlpool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of an upload. */
class ReportTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;
  private UploadHost host;
  private Access alice;
  private UploadReport made;

  @BeforeEach
  void upload() {
    host = new UploadHost(TestDatabases.sqlite(directory), new MemoryBlobs(new Random(1)));
    alice = host.account("alice@example.org", Plan.GOLD);
    try (Upload upload = host.begin(alice)) {
      UploadHost.send(upload, "good", StoredBytes.random(1, 1000));
      UploadHost.send(upload, "bad/name", StoredBytes.random(2, 10));
      UploadHost.send(upload, "good too", StoredBytes.random(3, 300_000));
      made = upload.commit(UploadForm.PLAIN);
    }
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void report_askedForLater_saysTheSame() {
    UploadReport later = host.uploads.report(made.id()).orElseThrow();

    assertThat(later.kept()).isEqualTo(made.kept());
    assertThat(later.files())
        .extracting(UploadedFile::name)
        .containsExactly("good", "bad/name", "good too");
    assertThat(later.refused())
        .extracting(UploadedFile.Refused::reason)
        .containsExactly("name must not contain a slash or a control character: bad/name");
  }

  @Test
  void report_ofAnAccount_isNotForAnotherAccount() {
    Access bob = host.account("bob@example.org", Plan.GOLD);

    assertThat(host.uploads.report(made.id(), alice)).isPresent();
    assertThat(host.uploads.report(made.id(), bob)).isEmpty();
    assertThat(host.uploads.report(new UploadId("unknown"))).isEmpty();
  }

  @Test
  void report_ofAClosedAccount_isGone() {
    host.accounts.setDisabled(alice.account(), true);
    assertThat(host.uploads.report(made.id())).isEmpty();
    host.accounts.setDisabled(alice.account(), false);
    assertThat(host.uploads.report(made.id())).isPresent();
  }

  @Test
  void report_ofFilesElsewhere_isNotForAKeyOfAFolder() {
    FolderId docs = host.folders.make(alice, FolderRef.ROOT, new FileName("Docs")).id();
    Access confined = TestHost.within(alice, docs);
    assertThat(host.uploads.report(made.id(), confined)).isEmpty();
    try (Upload upload = host.begin(confined)) {
      UploadHost.send(upload, "inside", new byte[1]);
      UploadReport inside = upload.commit(UploadForm.PLAIN);
      assertThat(host.uploads.report(inside.id(), confined)).isPresent();
    }
  }

  @Test
  void file_removedSince_isLeftOut() {
    host.files.remove(alice, List.of(made.kept().getFirst().link()));

    assertThat(host.uploads.report(made.id()).orElseThrow().kept())
        .extracting(UploadedFile::name)
        .containsExactly("good too");
  }

  @Test
  void report_livesTwoHours() {
    host.clock.advance(Duration.ofHours(2).minusMillis(1));
    host.uploads.removeOldReports();
    assertThat(host.uploads.report(made.id())).isPresent();

    host.clock.advance(Duration.ofMillis(1));
    assertThat(host.uploads.report(made.id())).isEmpty();
    host.uploads.removeOldReports();
    assertThat(host.database.<Long>read(sql -> sql.number("SELECT COUNT(*) FROM upload_items")))
        .isZero();
    assertThat(host.read(alice, made.kept().getFirst().link())).hasSize(1000);
  }

  @Test
  void whirlpool_isEmptyUntilComputed_andThenThere() throws Exception {
    assertThat(made.kept()).extracting(UploadedFile.Kept::whirlpool).containsOnly("");
    host.uploads.awaitHashes(made.id(), Duration.ofMillis(1));
    host.hashes.start(1);
    host.uploads.awaitHashes(made.id(), LONG);

    assertThat(host.uploads.report(made.id()).orElseThrow().kept())
        .extracting(UploadedFile.Kept::whirlpool)
        .containsExactly(whirlpool(1, 1000), whirlpool(3, 300_000));
  }

  @Test
  void waitingForHashes_endsWhenTheyAreWritten() throws Exception {
    var waiting = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var wait =
          threads.submit(() -> {
            waiting.countDown();
            host.uploads.awaitHashes(made.id(), Duration.ofDays(1));
            return host.uploads.report(made.id()).orElseThrow();
          });
      waiting.await();
      host.hashes.start(2);

      assertThat(wait.get(LONG.toSeconds(), TimeUnit.SECONDS).kept())
          .noneMatch(file -> file.whirlpool().isEmpty());
    }
  }

  @Test
  void secondUpload_ofTheSame_hasItsWhirlpoolAtOnce() throws Exception {
    host.hashes.start(1);
    host.uploads.awaitHashes(made.id(), LONG);

    assertThat(host.keep(alice, "again", StoredBytes.random(1, 1000)).whirlpool())
        .isEqualTo(whirlpool(1, 1000));
  }

  private static String whirlpool(int seed, int size) {
    var whirlpool = new Whirlpool();
    whirlpool.update(StoredBytes.random(seed, size), 0, size);
    return whirlpool.hexDigest();
  }
}
