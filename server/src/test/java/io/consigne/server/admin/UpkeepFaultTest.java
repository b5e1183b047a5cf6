package io.consigne.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.Databases;
import io.consigne.server.DataDirectory;
import io.consigne.server.OfflineHost;
import io.consigne.server.UsualChoices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator reads when a backup cannot be made. */
class UpkeepFaultTest {
  @TempDir Path temporary;
  private DataDirectory directory;
  private OfflineHost host;

  @BeforeEach
  void open() throws IOException {
    Path data = temporary.resolve("host");
    directory = DataDirectory.lock(data).orElseThrow();
    Databases.sqlite(directory.files().database()).close();
    host = new OfflineHost(directory, UsualChoices.storage(data));
  }

  @AfterEach
  void close() {
    host.close();
    directory.close();
  }

  private AdminAnswer backUp(Path to) {
    return host.requests().execute(new UpkeepRequest.Backup(to.toString()), line -> {});
  }

  @Test
  void backupToAFile_saysWhatIsInTheWay() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThat(backUp(file)).isEqualTo(new AdminAnswer(false, "exists already: " + file));
    Path below = file.resolve("backup");
    assertThat(backUp(below)).isEqualTo(new AdminAnswer(false, "exists already: " + file));
  }

  @Test
  void backupWhereNothingCanBeMade_namesTheDirectory() {
    Path there = Path.of("/proc/backup");
    assertThat(backUp(there)).isEqualTo(new AdminAnswer(false, "no such file or folder: " + there));
  }

  /** Such as that of a full disk; a directory where a file should be is easier to have. */
  @Test
  void faultThatNamesNoFile_namesTheBackup() throws IOException {
    Path to = temporary.resolve("backup");
    Files.createDirectories(temporary.resolve("host/tls/directory"));
    assertThat(backUp(to))
        .isEqualTo(
            new AdminAnswer(false, "the backup in " + to + " is not complete: Is a directory"));
  }
}
