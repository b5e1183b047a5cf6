package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Databases;
import io.consigne.core.ids.LinkId;
import io.consigne.core.retention.Retention;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a backup holds is the host as it was at one moment, whatever went on meanwhile. */
class BackupTest extends BackupScene {
  @Test
  void restoredHost_hasAllFiles() throws IOException {
    BackupReport report = backUp();
    assertThat(report.storeFiles()).isEqualTo(3);
    assertThat(report.copiedFiles()).isEqualTo(3);
    assertThat(report.segments()).isEqualTo(7);
    assertThat(report.bytes()).isEqualTo(report.copiedBytes()).isEqualTo(1000 + 2 * LARGE);
    checkRestored(kept);
  }

  @Test
  void tokensOfBefore_areEnded_andNewOnesAreGood() throws IOException {
    String token = token(host);
    backUp();
    var to = new HostFiles(Files.createDirectory(temporary.resolve("to")));
    new Restore(backup, to, new Heard<>()).run(null);
    assertThat(entries(to.directory())).containsExactlyInAnyOrder("blobs", "consigne.db");
    try (var again =
        new UpkeepHost(Databases.sqlite(to.database()), new DiskBlobs(to.blobs(), new Random(3)))) {
      checkEnded(again, token);
    }
  }

  /** Else files that were downloaded after the backup would be removed as if they were not. */
  @Test
  void downloadsSinceTheBackup_areUnknown_soThatEachFileCountsAsDownloaded() throws IOException {
    var before = new Retention(host.database, host.parts.files, host.parts.clock);
    before.start();
    before.close();
    host.parts.accounts.setPlan(alice.account(), Plan.FREE);
    backUp();
    host.parts.clock.advance(Duration.ofDays(29));
    Path to = temporary.resolve("to");
    restore(to, new Heard<>());
    try (var restored = Databases.sqlite(to.resolve("consigne.db"))) {
      var after = new Retention(restored, host.parts.files, host.parts.clock);
      after.start();
      for (int day = 0; day < 30; day++) {
        after.round();
      }
      assertThat(
              restored.<Long>read(
                  sql -> sql.number("SELECT COUNT(*) FROM files WHERE removal_at IS NOT NULL")))
          .isZero();
      after.close();
    }
  }

  /** It would change the new copy of the database. */
  @Test
  void logThatAnInterruptedRestoreLeft_isNotTakenOver() throws IOException {
    backUp();
    keepLarge(alice, 14);
    Path to = Files.createDirectory(temporary.resolve("to"));
    Files.copy(
        files.directory().resolve("consigne.db-wal"), to.resolve("consigne.db.restoring-wal"));
    restore(to, new Heard<>());
    try (var restored = Databases.sqlite(to.resolve("consigne.db"))) {
      assertThat(restored.damage()).isEmpty();
      assertThat(restored.<Long>read(sql -> sql.number("SELECT COUNT(*) FROM files")))
          .isEqualTo(kept.size() - 1);
    }
  }

  @Test
  void whatIsThere_isNotCopiedAgain_andWhatNobodyNeeds_goes() throws IOException {
    LinkId gone = keepLarge(alice, 12);
    backUp();
    host.remove(alice, gone);
    kept.remove(gone);
    host.collectLater();
    keepLarge(alice, 13);

    BackupReport second = backUp();
    assertThat(second.copiedFiles()).isEqualTo(1);
    assertThat(second.copiedBytes()).isEqualTo(LARGE);
    assertThat(second.removedFiles()).isEqualTo(1);
    assertThat(backUp().copiedFiles()).isZero();
    assertThat(storeFiles(backup.resolve("blobs"))).isEqualTo(storeFiles(files.blobs()));
    assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(1);
    checkRestored(kept);
  }

  @Test
  void backup_isPrivate() throws IOException {
    Files.createDirectory(backup);
    Files.setPosixFilePermissions(backup, PosixFilePermissions.fromString("rwxr-xr-x"));
    backUp();
    try (Stream<Path> all = Files.walk(backup)) {
      for (Path path : all.filter(path -> !shard(path)).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as(path.toString())
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
      }
    }
  }

  private static boolean shard(Path path) {
    String name = path.getFileName().toString();
    return name.equals("incoming") || name.length() == 2;
  }

  @Test
  void secondBackupIntoTheSameDirectory_isRefused() {
    var refused = new ArrayList<String>();
    blobs.afterNextOpen(() -> refused.add(refusal(this::backUp)));
    backUp();
    assertThat(refused).containsExactly(backup + " is used by another backup, restore or check");
  }

  @Test
  void whatIsRemovedMeanwhile_isKept_untilTheBackupIsComplete() throws IOException {
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    int stored = storeFiles(files.blobs()).size();
    blobs.afterNextOpen(() -> {
      for (LinkId link : before.keySet()) {
        host.remove(ownerIn(host, link), link);
      }
      host.collectLater();
      assertThat(storeFiles(files.blobs())).hasSize(stored);
    });
    assertThat(backUp().lost()).isZero();
    checkRestored(before);

    host.collectLater();
    assertThat(storeFiles(files.blobs())).isEmpty();
    BackupReport empty = backUp();
    assertThat(empty.removedFiles()).isEqualTo(stored);
    checkRestored(Map.of());
  }

  @Test
  void sameBytesUploadedAgainMeanwhile_areInTheNextBackup() throws IOException {
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    LinkId first = before.keySet().stream().toList().get(6);
    blobs.afterNextOpen(() -> {
      host.remove(bob, first);
      host.collectLater();
      kept.remove(first);
      keepLarge(bob, 11);
      host.collector.round();
    });
    backUp();
    checkRestored(before);
    host.collectLater();
    backUp();
    checkRestored(kept);
  }

  @Test
  void uploadThatIsNotAnsweredYet_isInNeither() throws IOException {
    try (Upload upload = host.uploads.begin(host.uploads.newId(), Sender.identified(alice))) {
      var file = upload.file("on its way", null);
      file.write(ByteBuffer.wrap(StoredBytes.random(20, LARGE)));
      file.end();
      backUp();
      checkRestored(kept);
      LinkId link = upload.commit(UploadForm.PLAIN).kept().getFirst().link();
      kept.put(link, StoredBytes.random(20, LARGE));
    }
    backUp();
    checkRestored(kept);
  }

  @Test
  void anotherHostsBackup_andOtherDirectories_areLeftAlone() throws IOException {
    backUp();
    host.change("UPDATE host SET value = 'another' WHERE name = 'store'");
    assertThat(refusal(this::backUp)).startsWith(backup + " has backups of another host, of the");

    Path full = Files.createDirectory(temporary.resolve("full"));
    Files.writeString(full.resolve("letter.txt"), "dear");
    assertThat(refusal(() -> host.upkeep.backup().run(full, files, new Heard<>())))
        .isEqualTo("There is something else in " + full + ": choose another directory");
    assertThat(entries(full)).containsExactly("letter.txt");
  }

  /** The store would take the backup's files for its own, and both would go with one disk. */
  @Test
  void directoryOfTheHostItself_isRefused() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), files.blobs());
    for (Path inside :
        List.of(
            files.directory().resolve("new/backup"),
            files.blobs().resolve("aa"),
            link.resolve("bb"),
            files.directory().resolve("../host/blobs/cc"))) {
      assertThat(refusal(() -> host.upkeep.backup().run(inside, files, new Heard<>())))
          .isEqualTo(inside + " is in the host's own directory: choose one that is outside");
      assertThat(inside).doesNotExist();
    }
  }

  /** Some programs that copy directories leave out empty ones. */
  @Test
  void restoredBackup_isNotChanged() throws IOException {
    backUp();
    Files.delete(backup.resolve("blobs/incoming"));
    checkRestored(kept);
    assertThat(backup.resolve("blobs/incoming")).doesNotExist();
  }
}
