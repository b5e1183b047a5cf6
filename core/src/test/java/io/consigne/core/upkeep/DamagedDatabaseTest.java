package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.db.Databases;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database file with a damaged page is told of, and spoils nothing more. */
class DamagedDatabaseTest extends BackupScene {
  private static final String MISCOUNTED = "SELECT used_bytes FROM accounts WHERE email LIKE 'a%'";

  private String manifest = "";
  private long miscounted;

  @BeforeEach
  void damage() throws IOException {
    backUp();
    manifest = Files.readString(backup.resolve("manifest"));
    host.change("UPDATE accounts SET used_bytes = used_bytes + 7");
    miscounted = host.parts.number(MISCOUNTED);
    long page =
        host.parts.number("SELECT rootpage FROM sqlite_schema WHERE name = 'files_removed'");
    host.close();
    try (var file = new RandomAccessFile(files.database().toFile(), "rw")) {
      file.seek(16);
      long size = file.readUnsignedShort();
      file.seek((page - 1) * size + 3); // how many cells an index has
      file.writeShort(3);
    }
    host =
        new UpkeepHost(
            Databases.sqlite(files.database()), new DiskBlobs(files.blobs(), new Random(5)));
    assertThat(host.database.damage()).isNotEmpty();
  }

  @Test
  void repair_changesNothing() {
    FsckReport report = host.fsck(true);
    assertThat(report.groups())
        .extracting(FsckReport.Group::kind)
        .contains(Fault.Kind.DATABASE, Fault.Kind.USED);
    assertThat(report.groups()).allMatch(group -> group.repaired() == 0);
    assertThat(host.parts.number(MISCOUNTED)).isEqualTo(miscounted);
  }

  /** It would take the place of the only sound one. */
  @Test
  void backup_isRefused_andTheOneBeforeStays() throws IOException {
    assertThat(refusal(this::backUp)).startsWith("The database is damaged: ");
    assertThat(backup.resolve("manifest")).hasContent(manifest);
    assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(1);
    checkRestored(kept);
  }
}
