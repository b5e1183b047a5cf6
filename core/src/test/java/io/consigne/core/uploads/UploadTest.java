package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FolderId;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the files of one upload. */
class UploadTest {
  private static final long LARGEST_BYTES = 300_000;

  @TempDir Path directory;
  private UploadHost host;
  private Access alice;

  @BeforeEach
  void open() {
    host =
        new UploadHost(
            TestDatabases.sqlite(directory),
            new DiskBlobs(directory.resolve("store"), new Random(1)));
    alice = host.account("alice@example.org", Plan.GOLD);
  }

  @AfterEach
  void close() {
    assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    host.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 8 << 10, (8 << 10) + 1, 128 << 10, (128 << 10) + 1, 1 << 20, 5_000_001})
  void bytes_ofAnySize_comeBackIdentical(int size) {
    byte[] bytes = StoredBytes.random(size, size);

    UploadedFile.Kept kept = host.keep(alice, "file.bin", bytes);

    StoredFile file = host.file(alice, kept.link());
    assertThat(host.read(alice, kept.link())).isEqualTo(bytes);
    assertThat(file.size()).isEqualTo(size);
    assertThat(file.sha256()).isEqualTo(kept.sha256()).isEqualTo(sha256(bytes));
    assertThat(host.accounts.get(alice.account()).usedBytes()).isEqualTo(size);
  }

  @Test
  void severalFiles_keepTheirNamesTimesAndOrder() {
    Instant modified = Instant.parse("2001-02-03T04:05:06.789Z");
    UploadReport report;
    try (Upload upload = host.begin(alice)) {
      Incoming first = upload.file("première.txt", modified);
      first.write(ByteBuffer.wrap(new byte[] {1, 2}));
      first.write(ByteBuffer.wrap(new byte[] {3}));
      first.end();
      UploadHost.send(upload, "première.txt", StoredBytes.random(1, 200_000));
      report = upload.commit(UploadForm.PLAIN);
    }

    assertThat(report.files()).extracting(UploadedFile::name).containsOnly("première.txt");
    UploadedFile.Kept small = report.kept().get(0);
    assertThat(host.read(alice, small.link())).containsExactly(1, 2, 3);
    assertThat(host.file(alice, small.link()).modified()).isEqualTo(modified);
    assertThat(report.kept().get(1).modified()).isEqualTo(host.clock.instant());
  }

  @Test
  void form_afterTheFiles_saysWhereTheyGo() {
    FolderId folder = host.folders.make(alice, FolderRef.ROOT, new FileName("docs")).id();
    UploadReport report;
    try (Upload upload = host.begin(alice)) {
      UploadHost.send(upload, "a", new byte[] {1});
      report = upload.commit(new UploadForm(FolderRef.of(folder), 3, "hash", null));
    }

    StoredFile file = host.file(alice, report.kept().getFirst().link());
    assertThat(file.folder()).isEqualTo(folder);
    assertThat(file.attributes().domain()).isEqualTo(3);
    assertThat(file.attributes().password()).isEqualTo("hash");
  }

  @Test
  void folder_foreignOrMissing_meansTheRoot() {
    Access bob = host.account("bob@example.org", Plan.GOLD);
    FolderId foreign = host.folders.make(bob, FolderRef.ROOT, new FileName("bobs")).id();

    for (FolderId folder : new FolderId[] {foreign, new FolderId(999)}) {
      try (Upload upload = host.begin(alice)) {
        UploadHost.send(upload, "a", new byte[] {1});
        var report = upload.commit(new UploadForm(FolderRef.of(folder), 0, null, null));
        assertThat(host.file(alice, report.kept().getFirst().link()).folder())
            .isEqualTo(alice.root());
      }
    }
  }

  @Test
  void name_thatIsNone_refusesThatFileAlone() {
    UploadReport report;
    try (Upload upload = host.begin(alice)) {
      UploadHost.send(upload, "a/b\u0000\ud800", StoredBytes.random(1, 300_000));
      UploadHost.send(upload, "good", new byte[] {1});
      report = upload.commit(UploadForm.PLAIN);
    }

    assertThat(report.kept()).extracting(UploadedFile::name).containsExactly("good");
    UploadedFile.Refused refused = report.refused().getFirst();
    assertThat(refused.name()).isEqualTo("a/b\ufffd\ufffd");
    assertThat(refused.size()).isEqualTo(300_000);
    assertThat(refused.failure()).get().isInstanceOf(Failure.Invalid.class);
    assertThat(host.storeFiles()).isEqualTo(1);
  }

  @Test
  void file_largerThanThePlanAllows_isRefusedAlone() {
    UploadReport report;
    try (Upload upload = limited(2)) {
      UploadHost.send(upload, "large", StoredBytes.random(1, (int) LARGEST_BYTES + 1));
      UploadHost.send(upload, "just right", StoredBytes.random(2, (int) LARGEST_BYTES));
      report = upload.commit(UploadForm.PLAIN);
    }

    assertThat(report.kept()).extracting(UploadedFile::name).containsExactly("just right");
    assertThat(report.refused())
        .extracting(UploadedFile.Refused::reason)
        .containsExactly("file is too large: 300001, the limit is 300000");
    assertThat(report.refused().getFirst().size()).isEqualTo(LARGEST_BYTES + 1);
    assertThat(host.storeFiles()).isEqualTo(1);
  }

  @Test
  void files_beyondThePlansNumber_areRefusedOneByOne() {
    UploadReport report;
    try (Upload upload = limited(2)) {
      for (int i = 0; i < 3; i++) {
        UploadHost.send(upload, "f" + i, new byte[] {(byte) i});
      }
      report = upload.commit(UploadForm.PLAIN);
    }

    assertThat(report.kept()).extracting(UploadedFile::name).containsExactly("f0", "f1");
    assertThat(report.refused())
        .extracting(UploadedFile.Refused::reason)
        .containsExactly("number of files is too large: 3, the limit is 2");
  }

  @Test
  void files_beyondAllNumbers_areNotCountedAnyMore() {
    try (Upload upload = limited(2)) {
      for (int i = 0; i < 502; i++) {
        UploadHost.send(upload, "f" + i, new byte[0]);
      }
      assertThatThrownBy(() -> upload.file("f502", null))
          .isInstanceOf(FailureException.class)
          .hasMessage("number of files is too large: 503, the limit is 2");
    }
  }

  @Test
  void quota_isCheckedFileByFile() {
    Access free = host.account("free@example.org", Plan.FREE);
    long left = 100;
    host.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?",
            Plan.FREE.storageBytes() - left,
            free.account().value()));
    UploadReport report;
    try (Upload upload = host.begin(free)) {
      UploadHost.send(upload, "60", new byte[60]);
      UploadHost.send(upload, "50", new byte[50]);
      UploadHost.send(upload, "40", new byte[40]);
      report = upload.commit(UploadForm.PLAIN);
    }

    assertThat(report.kept()).extracting(UploadedFile::name).containsExactly("60", "40");
    assertThat(report.refused())
        .extracting(UploadedFile.Refused::reason)
        .containsExactly("Storage quota exceeded: 50 bytes needed, 40 left");
    assertThat(host.accounts.get(free.account()).availableBytes()).isZero();
    host.database.change(sql ->
        sql.update("UPDATE accounts SET used_bytes = 100 WHERE id = ?", free.account().value()));
  }

  @Test
  void placesForFiles_areCountedFileByFile() {
    Access full = host.account("full@example.org", Plan.FREE);
    host.accounts.setAllowance(full.account(), allowance -> allowance.withItems(2L));
    UploadReport report;
    try (Upload upload = host.begin(full)) {
      for (String name : List.of("a", "b", "c", "d")) {
        UploadHost.send(upload, name, new byte[0]);
      }
      report = upload.commit(UploadForm.PLAIN);
    }

    assertThat(report.kept()).extracting(UploadedFile::name).containsExactly("a", "b");
    assertThat(report.refused())
        .extracting(UploadedFile.Refused::reason)
        .hasSize(2)
        .containsOnly(new Failure.TooManyItems(2).message());
    assertThat(host.accounts.get(full.account()).items()).isEqualTo(2);
  }

  @Test
  void nothingKept_leavesNoStoreFileButAReport() {
    Access free = host.account("free@example.org", Plan.FREE);
    host.database.change(sql ->
        sql.update(
            "UPDATE accounts SET used_bytes = ? WHERE id = ?",
            Plan.FREE.storageBytes(),
            free.account().value()));
    UploadReport report;
    try (Upload upload = host.begin(free)) {
      UploadHost.send(upload, "a", new byte[60]);
      UploadHost.send(upload, "b", new byte[200_000]);
      report = upload.commit(UploadForm.PLAIN);
    }

    assertThat(report.kept()).isEmpty();
    assertThat(host.uploads.report(report.id()).orElseThrow().refused()).hasSize(2);
    assertThat(host.storeFiles()).isZero();
    host.database.change(sql ->
        sql.update("UPDATE accounts SET used_bytes = 0 WHERE id = ?", free.account().value()));
  }

  @Test
  void commit_withoutFiles_isRefused() {
    try (Upload upload = host.begin(alice)) {
      assertThatThrownBy(() -> upload.commit(UploadForm.PLAIN))
          .isInstanceOf(FailureException.class)
          .hasMessageStartingWith("upload has no file: ");
    }
  }

  @Test
  void commit_withAFileOpen_isAMistake() {
    try (Upload upload = host.begin(alice)) {
      upload.file("a", null).write(ByteBuffer.wrap(new byte[] {1}));
      assertThatThrownBy(() -> upload.commit(UploadForm.PLAIN))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(host.storeFiles()).isZero();
  }

  @Test
  void commit_twice_isAMistake() {
    try (Upload upload = host.begin(alice)) {
      UploadHost.send(upload, "a", new byte[] {1});
      upload.commit(UploadForm.PLAIN);
      assertThatThrownBy(() -> upload.commit(UploadForm.PLAIN))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void sender_disabledMeanwhile_isNotAuthenticated() {
    try (Upload upload = host.begin(alice)) {
      UploadHost.send(upload, "a", new byte[] {1});
      host.accounts.setDisabled(alice.account(), true);
      assertThatThrownBy(() -> upload.commit(UploadForm.PLAIN))
          .isInstanceOf(FailureException.class)
          .hasMessage("Not authenticated");
    }
    host.collect();
    assertThat(host.storeFiles()).isZero();
  }

  /** Whoever knew the old one may not end, with the new one set, what was begun with it. */
  @Test
  void sender_ofAnotherPasswordMeanwhile_isNotAuthenticated() {
    long epoch =
        host.database.read(
            sql -> sql.number("SELECT epoch FROM accounts WHERE id = ?", alice.account().value()));
    assertThat(host.keep(alice.byPasswordOf(epoch), "kept", new byte[] {2}).size()).isEqualTo(1);
    try (Upload upload = host.begin(alice.byPasswordOf(epoch))) {
      UploadHost.send(upload, "a", new byte[] {1});
      host.accounts.setPassword(alice.account(), "$argon2id$other");
      assertThatThrownBy(() -> upload.commit(UploadForm.PLAIN))
          .isInstanceOf(FailureException.class)
          .hasMessage("Not authenticated");
    }
  }

  private Upload limited(int files) {
    return host.uploads.begin(
        new UploadHead(
            host.uploads.newId(), Sender.identified(alice), new FileLimits(LARGEST_BYTES, files)));
  }

  private static String sha256(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(io.consigne.core.ids.Sha256.digest().digest(bytes));
  }
}
