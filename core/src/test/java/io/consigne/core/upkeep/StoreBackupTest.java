package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.LongHold;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.ids.LinkId;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A backup of the store alone, beside a database that is copied by its own tools. */
class StoreBackupTest extends BackupScene {
  @Test
  void storeAlone_isRestoredBesideADatabaseOfItsOwn() throws IOException {
    host.upkeep.backup().runBlobs(backup, files, false, new Heard<>());
    assertThat(refusal(() -> restore(temporary.resolve("r1"), new Heard<>())))
        .isEqualTo("The backup holds the store alone: restore the database and name it by --db");
    Path to = Files.createDirectory(temporary.resolve("r2"));
    BackupReport report = new Restore(backup, new HostFiles(to), new Heard<>()).run(host.database);
    assertThat(report.copiedFiles()).isEqualTo(3);
    assertThat(storeFiles(to.resolve("blobs"))).isEqualTo(storeFiles(files.blobs()));
  }

  @Test
  void tokensOfBefore_areEnded_alsoBesideADatabaseOfItsOwn() throws IOException {
    String token = token(host);
    host.upkeep.backup().runBlobs(backup, files, false, new Heard<>());
    Path dump = temporary.resolve("dump");
    Databases.copySqlite(files.database(), dump);
    var to = new HostFiles(Files.createDirectory(temporary.resolve("to")));
    try (var again =
        new UpkeepHost(Databases.sqlite(dump), new DiskBlobs(to.blobs(), new Random(3)))) {
      new Restore(backup, to, new Heard<>()).run(again.database);
      checkEnded(again, token);
    }
  }

  @Test
  void storeAlone_isPrunedOnlyOnDemand() {
    host.upkeep.backup().runBlobs(backup, files, false, new Heard<>());
    kept.keySet().forEach(link -> host.remove(ownerIn(host, link), link));
    host.collectLater();
    assertThat(host.upkeep.backup().runBlobs(backup, files, false, new Heard<>()).removedFiles())
        .isZero();
    assertThat(host.upkeep.backup().runBlobs(backup, files, true, new Heard<>()).removedFiles())
        .isEqualTo(3);
  }

  /** Else the only copy of the database would not count any more, and go when it is pruned. */
  @Test
  void storeAlone_doesNotTakeThePlaceOfABackupWithADatabase() throws IOException {
    backUp();
    for (boolean prune : List.of(false, true)) {
      assertThat(refusal(() -> host.upkeep.backup().runBlobs(backup, files, prune, new Heard<>())))
          .isEqualTo(
              backup
                  + " has a backup with its database: choose another directory for the store"
                  + " alone");
    }
    checkRestored(kept);
  }

  /** Else what the dump names may be gone before it is copied, or be removed from the copy. */
  @Test
  void whatTheDumpNames_staysUntilItIsCopied() throws IOException {
    String other = host.upkeep.backup().hold();
    String hold = host.upkeep.backup().hold();
    Path dump = temporary.resolve("dump");
    Databases.copySqlite(files.database(), dump);
    kept.keySet().forEach(link -> host.remove(ownerIn(host, link), link));
    host.upkeep.backup().release(other);
    host.collectLater();
    host.upkeep.backup().runBlobs(backup, files, true, new Heard<>());
    host.upkeep.backup().release(hold);
    Path to = Files.createDirectory(temporary.resolve("to"));
    try (Database old = Databases.sqlite(dump)) {
      assertThat(new Restore(backup, new HostFiles(to), new Heard<>()).run(old).lost()).isZero();
    }
    host.collectLater();
    assertThat(storeFiles(files.blobs())).isEmpty();
  }

  @Test
  void hold_endsByItself_andThatIsTold() {
    String hold = host.upkeep.backup().hold();
    kept.keySet().forEach(link -> host.remove(ownerIn(host, link), link));
    host.collectLater();
    assertThat(storeFiles(files.blobs())).isNotEmpty();
    host.parts.clock.advance(LongHold.LONGEST);
    host.collectLater();
    assertThat(storeFiles(files.blobs())).isEmpty();
    assertThat(refusal(() -> host.upkeep.backup().release(hold)))
        .startsWith("What the dump names was not kept until now");
  }

  /** It removes nothing, also of a pack that has grown and is copied anew. */
  @Test
  void storeAlone_stillFitsAnOlderDump() throws IOException {
    host.upkeep.backup().runBlobs(backup, files, false, new Heard<>());
    Path dump = temporary.resolve("dump");
    Databases.copySqlite(files.database(), dump);
    LinkId gone = kept.keySet().stream().toList().get(4);
    host.remove(alice, gone);
    host.collectLater();
    host.keep(alice, "new", StoredBytes.random(30, 500));
    BackupReport second = host.upkeep.backup().runBlobs(backup, files, false, new Heard<>());
    assertThat(second.copiedFiles()).isEqualTo(1);

    Path to = Files.createDirectory(temporary.resolve("to"));
    try (Database old = Databases.sqlite(dump)) {
      assertThat(new Restore(backup, new HostFiles(to), new Heard<>()).run(old).lost()).isZero();
    }
  }
}
