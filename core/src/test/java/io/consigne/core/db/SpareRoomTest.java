package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room that is kept for the time when somebody else has filled the disk. */
class SpareRoomTest {
  @TempDir Path directory;
  private Database database;
  private final AtomicLong nanos = new AtomicLong();

  @BeforeEach
  void openDatabase() {
    database = TestDatabases.sqlite(directory);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  private Path file() {
    return directory.resolve("spare-room");
  }

  private SpareRoom open() {
    return new SpareRoom(file(), nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void room_isTaken_andGivenUpOnce_andTakenAgainLater() {
    SpareRoom room = open();
    assertThat(file()).hasSize(Databases.SPARE_BYTES);
    assertThat(room.giveUp(room.timesGivenUp())).isTrue();
    assertThat(file()).doesNotExist();
    assertThat(room.giveUp(room.timesGivenUp())).isFalse();

    pass(Duration.ofSeconds(59));
    room.takeAgain();
    assertThat(file()).doesNotExist();
    pass(Duration.ofSeconds(1));
    room.takeAgain();
    assertThat(file()).hasSize(Databases.SPARE_BYTES);
    assertThat(room.giveUp(room.timesGivenUp())).isTrue();
  }

  @Test
  void roomThatIsThere_isNotWrittenAgain_butAHalfOneIs() throws Exception {
    open();
    byte[] first = Files.readAllBytes(file());
    open();
    assertThat(file()).hasBinaryContent(first);
    Files.write(file(), new byte[1000]);
    SpareRoom room = open();
    assertThat(file()).hasSize(Databases.SPARE_BYTES);
    assertThat(room.giveUp(room.timesGivenUp())).isTrue();
  }

  @Test
  void roomThatCannotBeTaken_isNone() throws Exception {
    Files.createDirectory(file());
    SpareRoom room = open();
    assertThat(room.giveUp(room.timesGivenUp())).isFalse();
    assertThat(file()).isDirectory();
  }

  @Test
  void writeThatFindsTheDiskFull_isTriedOnceMore() {
    var full = new FullDatabase(database, 1);
    Database sparing = new SparingDatabase(full, open());
    assertThat(sparing.<String>write(sql -> "done")).isEqualTo("done");
    assertThat(file()).doesNotExist();
    full.left = 1;
    assertThatThrownBy(() -> sparing.write(sql -> "more")).isInstanceOf(DatabaseFull.class);
    assertThat(full.tries).isEqualTo(3);
  }

  @Test
  void writeBesideTheOneThatGaveTheRoomUp_isTriedOnceMore_too() {
    SpareRoom room = open();
    var full = new FullDatabase(database, 1);
    full.meanwhile = () -> room.giveUp(room.timesGivenUp());
    Database sparing = new SparingDatabase(full, room);
    assertThat(sparing.<String>write(sql -> "done")).isEqualTo("done");
  }

  @Test
  void otherFaults_giveNothingUp() {
    Database sparing =
        new SparingDatabase(
            new FullDatabase(database, 0) {
              @Override
              public <T extends @Nullable Object> T write(Work<T> work) {
                throw new DatabaseException("the commit failed");
              }
            },
            open());
    assertThatThrownBy(() -> sparing.write(sql -> 1)).hasMessage("the commit failed");
    assertThat(file()).exists();
  }

  /** Has no room for the first writes. */
  private static class FullDatabase implements Database {
    private int left;
    private int tries;
    private Runnable meanwhile = () -> {};

    private final Database inner;

    FullDatabase(Database inner, int left) {
      this.inner = inner;
      this.left = left;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      return inner.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      tries++;
      if (left-- > 0) {
        meanwhile.run();
        throw new DatabaseFull("the disk is full", new IllegalStateException());
      }
      return inner.write(work);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
