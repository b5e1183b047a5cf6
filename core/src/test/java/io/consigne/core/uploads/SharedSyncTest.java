package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.CountingBlobs;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files in one upload share what is dear. */
class SharedSyncTest {
  private static final int FILES = 500;

  /** With what the store file of an upload's small contents is written. */
  private static final int GATHERED = 256 << 10;

  @Test
  void manySmallFiles_areOneAppend(@TempDir Path directory) {
    var blobs = new CountingBlobs(new DiskBlobs(directory.resolve("store"), new Random(1)));
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      UploadReport report;
      try (Upload upload = host.begin(alice)) {
        for (int i = 0; i < FILES; i++) {
          UploadHost.send(upload, "file" + i, StoredBytes.random(i, 1000 + i));
        }
        report = upload.commit(UploadForm.PLAIN);
      }

      assertThat(report.kept()).hasSize(FILES);
      for (int i : new int[] {0, 123, FILES - 1}) {
        assertThat(host.read(alice, report.kept().get(i).link()))
            .isEqualTo(StoredBytes.random(i, 1000 + i));
      }
      assertThat(blobs.appends()).isEqualTo(1);
      assertThat(blobs.commits()).isZero();
      assertThat(host.storeFiles()).isEqualTo(1);
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }

  @Test
  void moreSmallFilesThanAreHeld_shareAStoreFileOfTheirOwn(@TempDir Path directory) {
    var blobs = new CountingBlobs(new DiskBlobs(directory.resolve("store"), new Random(1)));
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      UploadReport report;
      try (Upload upload = host.begin(alice)) {
        for (int i = 0; i < FILES; i++) {
          UploadHost.send(upload, "file" + i, StoredBytes.random(i, 10 << 10));
        }
        assertThat(host.uploads.memory().smallLeft())
            .isEqualTo(
                UploadLimits.DEFAULT.smallMemoryBytes()
                    - UploadLimits.DEFAULT.heldBytes()
                    + 4096
                    - GATHERED);
        report = upload.commit(UploadForm.PLAIN);
      }

      for (int i = 0; i < FILES; i++) {
        assertThat(host.read(alice, report.kept().get(i).link()))
            .isEqualTo(StoredBytes.random(i, 10 << 10));
      }
      assertThat(blobs.appends()).isEqualTo(1);
      assertThat(blobs.commits()).isEqualTo(1);
      assertThat(blobs.committedFiles()).isEqualTo(1);
      assertThat(host.storeFiles()).isEqualTo(2);
      assertThat(host.uploads.memory().smallLeft())
          .isEqualTo(UploadLimits.DEFAULT.smallMemoryBytes());
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
    }
  }

  @Test
  void largeFiles_haveStoreFilesOfTheirOwn_inTheSameCommit(@TempDir Path directory) {
    var blobs = new CountingBlobs(new DiskBlobs(directory.resolve("store"), new Random(1)));
    try (var host = new UploadHost(TestDatabases.sqlite(directory), blobs)) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      try (Upload upload = host.begin(alice)) {
        UploadHost.send(upload, "small", StoredBytes.random(1, 10));
        UploadHost.send(upload, "large", StoredBytes.random(2, 500_000));
        UploadHost.send(upload, "small too", StoredBytes.random(3, 10));
        UploadHost.send(upload, "large too", StoredBytes.random(4, 500_000));
        assertThat(upload.commit(UploadForm.PLAIN).kept()).hasSize(4);
      }

      assertThat(blobs.commits()).isEqualTo(1);
      assertThat(blobs.committedFiles()).isEqualTo(2);
      assertThat(blobs.appends()).isEqualTo(1);
      assertThat(host.storeFiles()).isEqualTo(3);
    }
  }
}
