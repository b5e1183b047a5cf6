package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When it is asked whether there is room for what comes, and what uploads have together. */
class UploadRoomTest {
  private static final int MIB = 1 << 20;
  private static final int PIECE = 32 << 10;

  @TempDir Path directory;
  private final Underway underway = new Underway();
  private WatchedDatabase database;
  private UploadHost host;
  private Access alice;

  @BeforeEach
  void open() {
    database = new WatchedDatabase(TestDatabases.sqlite(directory));
    host = new UploadHost(database, new MemoryBlobs(new Random(1)));
    alice = host.account("alice@example.org", Plan.GOLD);
  }

  @AfterEach
  void close() {
    assertThat(underway.accounts()).isZero();
    host.close();
  }

  @Test
  void smallFiles_askNothing() {
    quota(10);
    UploadRoom room = room();
    for (int file = 0; file < 500; file++) {
      assertThat(take(room, UploadLimits.UNASKED_BYTES)).isNull();
      room.fileEnded();
    }
    room.end();
    assertThat(database.reads).isZero();
  }

  @Test
  void largeFile_asksAtItsBegin_andEach64MiB() {
    UploadRoom room = room();
    take(room, UploadLimits.UNASKED_BYTES + PIECE);
    assertThat(database.reads).isEqualTo(1);
    take(room, 64 * MIB);
    assertThat(database.reads).isEqualTo(1);
    take(room, PIECE);
    assertThat(database.reads).isEqualTo(2);
    take(room, 640 * MIB);
    assertThat(database.reads).isEqualTo(11);
    room.end();
  }

  @Test
  void whereLessIsLeft_itIsAskedBehindThat() {
    quota(10L * MIB);
    UploadRoom room = room();
    assertThat(take(room, 10 * MIB)).isNull();
    assertThat(database.reads).isEqualTo(1);
    assertThat(room.take(1, List.of()))
        .isEqualTo(new Failure.QuotaExceeded(10 * MIB + 1, 10 * MIB));
    room.fileDropped();
    assertThat(take(room, MIB)).as("the next one is asked for itself").isNull();
    room.end();
  }

  @Test
  void roomThatOthersTookMeanwhile_isMissed() {
    quota(100L * MIB);
    UploadRoom room = room();
    take(room, MIB);
    quota(2L * MIB);
    assertThat(take(room, 64 * MIB)).isInstanceOf(Failure.QuotaExceeded.class);
    room.end();
  }

  /** Thirty uploads at once could each receive all that was left. */
  @Test
  void uploadsOfOneAccount_haveTwiceTogetherWhatIsLeft() {
    quota(10L * MIB);
    UploadRoom first = room();
    UploadRoom second = room();
    UploadRoom third = room();
    assertThat(take(first, 9 * MIB)).isNull();
    assertThat(take(second, 9 * MIB)).as("the first may be broken off").isNull();
    assertThat(take(third, 2 * MIB)).isNull();
    assertThat(third.take(1, List.of())).isEqualTo(new Failure.QuotaExceeded(2 * MIB + 1, 2 * MIB));
    third.fileDropped();
    assertThat(take(second, MIB)).isNull();
    first.end();
    assertThat(take(third, 9 * MIB)).as("the first has ended").isNull();
    second.end();
    third.end();
  }

  @Test
  void filesThatEnded_countUntilTheUploadEnds() {
    quota(10L * MIB);
    UploadRoom first = room();
    take(first, 10 * MIB);
    first.fileEnded();
    UploadRoom second = room();
    take(second, 10 * MIB);
    second.fileEnded();
    assertThat(underway.add(alice.account(), 0)).isEqualTo(20 * MIB);
    UploadRoom third = room();
    assertThat(take(third, MIB)).isInstanceOf(Failure.QuotaExceeded.class);
    third.end();
    second.end();
    first.end();
  }

  @Test
  void accountWithoutQuota_isNotHeldUp() {
    UploadRoom first = room();
    UploadRoom second = room();
    assertThat(take(first, 1024 * MIB)).isNull();
    assertThat(take(second, 1024 * MIB)).isNull();
    first.end();
    second.end();
  }

  /** An upload outlives a failover of the database, which only its commit needed. */
  @Test
  void databaseThatIsAway_isAskedLater() {
    quota(10L * MIB);
    UploadRoom room = room();
    database.away = true;
    assertThat(take(room, 60 * MIB)).isNull();
    database.away = false;
    assertThat(take(room, 10 * MIB)).isInstanceOf(Failure.QuotaExceeded.class);
    room.end();
  }

  @Test
  void formThatIsRefused_refusesTheFile() {
    UploadRoom room = room();
    var refusal = new Failure.Invalid("folder", "x", "must be a whole number");
    room.expect(() -> {
      throw refusal.asException();
    });
    assertThat(take(room, MIB)).isEqualTo(refusal);
    room.end();
  }

  private UploadRoom room() {
    var tree = new UploadTree(host.entry, host.folders);
    return new UploadRoom(database, tree, underway, Sender.identified(alice), 0);
  }

  private void quota(long bytes) {
    host.accounts.setAllowance(alice.account(), allowance -> allowance.withBytes(bytes));
    database.reads = 0;
  }

  /** Takes bytes in pieces, up to the first refusal. */
  private static @Nullable Failure take(UploadRoom room, int bytes) {
    for (int left = bytes; left > 0; left -= PIECE) {
      Failure refusal = room.take(Math.min(left, PIECE), List.of());
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** Counts what is read. */
  private static final class WatchedDatabase implements Database {
    private final Database inner;
    private int reads;
    private boolean away;

    WatchedDatabase(Database inner) {
      this.inner = inner;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      if (away) {
        throw new DatabaseException("the database is away");
      }
      reads++;
      return inner.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      return inner.write(work);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
