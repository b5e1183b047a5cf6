package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.CountingBlobs;
import io.consigne.core.blobs.FaultyBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.tree.FolderRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal contents are stored once, and never at the cost of the bytes. */
class DedupeTest {
  @TempDir Path directory;
  private final FaultyBlobs faulty = new FaultyBlobs(new Random(1));
  private final CountingBlobs blobs = new CountingBlobs(faulty);

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 300_000})
  void secondUpload_ofTheSame_storesNothing(int size) {
    try (var host = host(Dedupe.ACCOUNT)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, size);
      UploadedFile.Kept first = host.keep(alice, "a", bytes);
      UploadedFile.Kept second = host.keep(alice, "b", bytes);

      assertThat(blobs.committedFiles() + blobs.appends()).isEqualTo(1);
      assertThat(second.sha256()).isEqualTo(first.sha256());
      assertThat(host.read(alice, second.link())).isEqualTo(bytes);
      assertThat(host.accounts.get(alice.account()).usedBytes()).isEqualTo(2L * size);
      assertSound(host);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300_000})
  void sameFileTwice_inOneUpload_isStoredOnce(int size) {
    try (var host = host(Dedupe.ACCOUNT)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, size);
      UploadReport report;
      try (Upload upload = host.begin(alice)) {
        UploadHost.send(upload, "a", bytes);
        UploadHost.send(upload, "b", bytes);
        report = upload.commit(UploadForm.PLAIN);
      }

      assertThat(report.kept()).hasSize(2);
      assertThat(host.segments(alice, report.kept().get(0).link()))
          .isEqualTo(host.segments(alice, report.kept().get(1).link()));
      assertThat(host.storeFiles()).isEqualTo(1);
      assertThat(deadBytes(host)).isZero();
      assertSound(host);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oldCopy_rotten_isHealedByTheNew(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, 300_000);
      UploadedFile.Kept first = host.keep(alice, "a", bytes);
      Segment rotten = host.segments(alice, first.link()).getFirst();
      faulty.flip(rotten.storeFile(), rotten.offset() + 200_000);

      UploadedFile.Kept second = host.keep(alice, "b", bytes);

      assertThat(host.read(alice, first.link())).isEqualTo(bytes);
      assertThat(host.read(alice, second.link())).isEqualTo(bytes);
      host.collect();
      assertThat(host.storeFiles()).isEqualTo(1);
      assertSound(host);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oldCopy_missing_isHealedByTheNew_onceForTwoFiles(TestDatabases.Kind kind) {
    try (var host = new UploadHost(kind.open(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, 300);
      UploadedFile.Kept first = host.keep(alice, "a", bytes);
      faulty.delete(host.segments(alice, first.link()).getFirst().storeFile());
      try (Upload upload = host.begin(alice)) {
        UploadHost.send(upload, "b", bytes);
        UploadHost.send(upload, "c", bytes);
        assertThat(upload.commit(UploadForm.PLAIN).kept()).hasSize(2);
      }

      assertThat(host.read(alice, first.link())).isEqualTo(bytes);
      host.collect();
      assertThat(host.storeFiles()).isEqualTo(1);
      assertSound(host);
    }
  }

  @ParameterizedTest
  @EnumSource(Dedupe.class)
  void otherAccount_sharesBytesOnlyIfTheHostDoes(Dedupe dedupe) {
    try (var host = host(dedupe)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      Access bob = host.account("bob@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, 300_000);
      UploadedFile.Kept hers = host.keep(alice, "a", bytes);
      UploadedFile.Kept his = host.keep(bob, "b", bytes);

      assertThat(host.storeFiles()).isEqualTo(dedupe == Dedupe.HOST ? 1 : 2);
      host.files.remove(alice, List.of(hers.link()));
      host.collect();
      assertThat(host.read(bob, his.link())).isEqualTo(bytes);
      assertThat(host.storeFiles()).isEqualTo(1);
      assertThat(deadBytes(host)).isZero();
      assertSound(host);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sharedCopy_rotten_isHealedForAllAccounts(TestDatabases.Kind kind) {
    var limits = UploadLimits.DEFAULT.with(Dedupe.HOST);
    try (var host = new UploadHost(kind.open(directory), blobs, limits)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      Access bob = host.account("bob@example.org", Plan.GOLD);
      Access carol = host.account("carol@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, 300_000);
      UploadedFile.Kept hers = host.keep(alice, "a", bytes);
      UploadedFile.Kept his = host.keep(bob, "b", bytes);
      Segment rotten = host.segments(alice, hers.link()).getFirst();
      faulty.truncate(rotten.storeFile(), 100_000);

      UploadedFile.Kept new3 = host.keep(carol, "c", bytes);

      assertThat(host.read(alice, hers.link())).isEqualTo(bytes);
      assertThat(host.read(bob, his.link())).isEqualTo(bytes);
      assertThat(host.read(carol, new3.link())).isEqualTo(bytes);
      host.collect();
      assertThat(host.storeFiles()).isEqualTo(1);
      assertSound(host);
    }
  }

  /** A content without segments once counted as a sound copy, of bytes that nobody had. */
  @ParameterizedTest
  @ValueSource(ints = {0, 300_000})
  void sharedCopy_whoseSegmentsAreLost_isHealedForAllAccounts(int size) {
    try (var host = host(Dedupe.HOST)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      Access bob = host.account("bob@example.org", Plan.GOLD);
      Access carol = host.account("carol@example.org", Plan.GOLD);
      byte[] bytes = StoredBytes.random(1, size);
      UploadedFile.Kept hers = host.keep(alice, "a", bytes);
      UploadedFile.Kept his = host.keep(bob, "b", bytes);
      host.database.change(sql -> sql.update("DELETE FROM content_segments"));
      assertThatThrownBy(
              () -> host.copy(carol, List.of(host.file(alice, hers.link())), FolderRef.ROOT, null))
          .hasMessage("The stored content is damaged and was not served");

      UploadedFile.Kept new3 = host.keep(carol, "c", bytes);

      for (List<Segment> segments :
          List.of(
              host.segments(alice, hers.link()),
              host.segments(bob, his.link()),
              host.segments(carol, new3.link()))) {
        assertThat(segments).hasSize(1);
        assertThat(host.read(segments)).isEqualTo(bytes);
      }
    }
  }

  private UploadHost host(Dedupe dedupe) {
    return new UploadHost(
        TestDatabases.sqlite(directory), blobs, UploadLimits.DEFAULT.with(dedupe));
  }

  private static long deadBytes(UploadHost host) {
    return host.database.read(sql -> sql.number("SELECT SUM(dead_bytes) FROM store_files"));
  }

  private static void assertSound(UploadHost host) {
    assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
  }
}
