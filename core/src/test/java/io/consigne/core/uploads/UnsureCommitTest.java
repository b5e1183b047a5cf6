package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.blobs.Sweep;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.DatabaseStopped;
import io.consigne.core.db.DatabaseUnsure;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.LinkId;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When nobody knows whether the database took an upload, its bytes are kept until that is known.
 */
class UnsureCommitTest {
  @TempDir Path directory;
  private final MemoryBlobs blobs = new MemoryBlobs(new Random(1));
  private UnsureDatabase database;
  private UploadHost host;
  private Access alice;

  @BeforeEach
  void open() {
    database = new UnsureDatabase(TestDatabases.sqlite(directory));
    host = new UploadHost(database, blobs);
    alice = host.account("alice@example.org", Plan.GOLD);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void commit_thatFailedButTookEffect_hasAllItsBytes() {
    byte[] bytes = StoredBytes.random(1, 300_000);
    database.failNext(UnsureDatabase.Failing.ALL_DONE);
    assertThatThrownBy(() -> host.keep(alice, "a", bytes)).isInstanceOf(DatabaseUnsure.class);

    assertThat(host.read(alice, onlyLink())).isEqualTo(bytes);
    assertThat(new Sweep(database, blobs, new UnenteredFiles()).run()).isZero();
    assertThat(Ledger.faults(database, blobs)).isEmpty();
  }

  @Test
  void commit_thatFailed_leavesBytesOnlyUntilTheNextStart() {
    database.failNext(UnsureDatabase.Failing.NOTHING_DONE);
    assertThatThrownBy(() -> host.keep(alice, "a", StoredBytes.random(1, 300_000)))
        .isInstanceOf(DatabaseUnsure.class);

    assertThat(new Sweep(database, blobs, host.unentered).run()).isZero();
    assertThat(new Sweep(database, blobs, new UnenteredFiles()).run()).isEqualTo(1);
    assertThat(Ledger.faults(database, blobs)).isEmpty();
  }

  @Test
  void commit_withoutRoomInTheDatabase_leavesNoBytes() {
    database.failNext(UnsureDatabase.Failing.NO_ROOM);
    assertThatThrownBy(() -> host.keep(alice, "a", StoredBytes.random(1, 300_000)))
        .isInstanceOf(DatabaseFull.class);

    assertThat(host.storeFiles()).isZero();
  }

  /** Clients that tried again once filled the disk: each try left all its bytes. */
  @Test
  void commit_ofADatabaseThatHadStopped_leavesNoBytes() {
    database.failNext(UnsureDatabase.Failing.STOPPED);
    assertThatThrownBy(() -> host.keep(alice, "a", StoredBytes.random(1, 300_000)))
        .isInstanceOf(DatabaseStopped.class);

    assertThat(host.storeFiles()).isZero();
  }

  /** A server that reads and does not write, as a standby, once kept the bytes of each try. */
  @Test
  void commit_whoseFirstStatementFails_leavesNoBytes() {
    database.failNext(UnsureDatabase.Failing.READ_ONLY);
    assertThatThrownBy(() -> host.keep(alice, "a", StoredBytes.random(1, 300_000)))
        .isExactlyInstanceOf(DatabaseException.class);

    assertThat(host.storeFiles()).isZero();
  }

  /** A part of the database that cannot be read once kept the bytes of each try, too. */
  @Test
  void commit_whoseLaterStatementFails_leavesNoBytes() {
    database.change(sql -> sql.update("ALTER TABLE upload_items RENAME TO elsewhere"));
    assertThatThrownBy(() -> host.keep(alice, "a", StoredBytes.random(1, 300_000)))
        .isExactlyInstanceOf(DatabaseException.class);

    assertThat(host.storeFiles()).isZero();
  }

  private LinkId onlyLink() {
    return database
        .read(sql -> sql.first("SELECT link FROM files", row -> new LinkId(row.text("link"))))
        .orElseThrow();
  }
}
