package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running host on PostgreSQL is asked for a backup by a command that does not know of it. */
class PostgresBackupTest {
  /** It made an empty database of SQLite in the host's directory, and failed each night. */
  @Test
  void backupWithTheDatabase_isRefused_andMakesNothing(@TempDir Path temporary) {
    var files = new HostFiles(temporary.resolve("host"));
    Path backup = temporary.resolve("backup");
    try (var host =
        new UpkeepHost(TestDatabases.postgres(), new DiskBlobs(files.blobs(), new Random(1)))) {
      StoreId.check(host.database, files.blobs(), new Random(2));
      assertThat(BackupScene.refusal(() -> host.upkeep.backup().run(backup, files, new Heard<>())))
          .isEqualTo(Backup.NO_FILE);
    }
    assertThat(files.database()).doesNotExist();
    assertThat(backup).doesNotExist();
  }
}
