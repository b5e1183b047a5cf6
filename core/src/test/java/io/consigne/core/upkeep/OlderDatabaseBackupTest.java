package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.DatabaseAge;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Of a database that is older than its store no backup is made. The nightly one took the newer
 * database out of the directory, and the bytes that only that one knew.
 */
class OlderDatabaseBackupTest extends BackupScene {
  private static final String REFUSAL = "The database is older than its store. A backup of it ";

  @Test
  void backup_isRefused_andTheOneBeforeStays() throws IOException {
    backUp();
    List<String> before = entries(backup).sorted().toList();
    Map<String, Integer> bytes = storeFiles(backup.resolve("blobs"));
    kept.keySet().forEach(link -> host.remove(ownerIn(host, link), link));
    host.collectLater();
    age("7");
    assertThat(refusal(this::backUp)).startsWith(REFUSAL);
    assertThat(entries(backup).sorted()).isEqualTo(before);
    assertThat(storeFiles(backup.resolve("blobs"))).isEqualTo(bytes);

    age("0");
    assertThat(backUp().removedFiles()).isPositive();
  }

  /** What dumps the database puts the dump in the place of the one before. */
  @Test
  void dump_andItsBytes_areRefused() {
    age("7");
    assertThat(refusal(() -> host.upkeep.backup().hold())).startsWith(REFUSAL);
    assertThat(refusal(() -> host.upkeep.backup().runBlobs(backup, files, true, new Heard<>())))
        .startsWith(REFUSAL);
    assertThat(backup).doesNotExist();
  }

  /** Starts the host on a store of that age; its database is of none. */
  private void age(String ofStore) {
    try {
      Files.writeString(files.blobs().resolve("store-age"), ofStore);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    var _ = DatabaseAge.check(host.database, files.blobs());
  }
}
