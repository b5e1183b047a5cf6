package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening, closing, and opening again. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class LifecycleTest {
  private static final String NAMES = "SELECT count(*) FROM host WHERE name = 'n'";

  private final Supplier<Database> place;

  LifecycleTest(TestDatabases.Kind kind, @TempDir Path directory) {
    place = kind.at(directory);
  }

  @Test
  void openedAgain_hasWhatWasWritten() {
    try (Database db = place.get()) {
      db.write(LifecycleTest::insert);
    }
    try (Database db = place.get()) {
      assertThat(db.<Long>read(sql -> sql.number(NAMES))).isEqualTo(1);
    }
  }

  @Test
  void newerSchema_isRefused() {
    try (Database db = place.get()) {
      db.change(sql ->
          sql.update(
              "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                  + " script, checksum, installed_by, execution_time, success)"
                  + " VALUES (9000, '9000', 'later', 'SQL', 'V9000__later.sql', 1, 'x', 1, ?)",
              true));
    }

    assertThatThrownBy(place::get)
        .isExactlyInstanceOf(DatabaseException.class)
        .hasMessageMatching(
            "the database has schema version 9000, but this program knows only versions up to"
                + " [0-9]+: start a program at least as new as the one that wrote it");
  }

  @Test
  void close_waitsForWhatRuns() throws Exception {
    Database db = place.get();
    var running = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var write = new FutureTask<>(() -> db.write(sql -> insertWhenTold(sql, running, goOn)));
    Thread.ofVirtual().start(write);
    DatabaseContract.await(running);
    var close = new FutureTask<>(db::close, true);
    Thread closing = Thread.ofPlatform().start(close);
    Awaitility.await().until(() -> closing.getState() == Thread.State.WAITING);
    assertThat(close.isDone()).isFalse();
    goOn.countDown();

    assertThat(write.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(close.get(20, TimeUnit.SECONDS)).isTrue();
    try (Database again = place.get()) {
      assertThat(again.<Long>read(sql -> sql.number(NAMES))).isEqualTo(1);
    }
  }

  @Test
  void closed_refusesCallsAndClosesAgain() {
    Database db = place.get();
    db.close();
    db.close();

    assertThatThrownBy(() -> db.write(LifecycleTest::insert))
        .isExactlyInstanceOf(DatabaseException.class)
        .hasMessage("the database is closed");
    assertThatThrownBy(() -> db.read(sql -> sql.number(NAMES)))
        .isExactlyInstanceOf(DatabaseException.class)
        .hasMessage("the database is closed");
  }

  private static int insertWhenTold(Sql sql, CountDownLatch running, CountDownLatch goOn) {
    running.countDown();
    DatabaseContract.await(goOn);
    return insert(sql);
  }

  private static int insert(Sql sql) {
    return sql.update("INSERT INTO host (name, value) VALUES ('n', 'v')");
  }
}
