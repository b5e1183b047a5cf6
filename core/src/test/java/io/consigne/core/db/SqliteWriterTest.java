package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Works that are committed as a group. */
class SqliteWriterTest {
  @TempDir Path directory;
  private final List<String> runs = new ArrayList<>();
  private final AtomicInteger ends = new AtomicInteger();
  private Database db;
  private SqliteWriter writer;

  @BeforeEach
  void open() throws Exception {
    db = TestDatabases.sqlite(directory);
    SQLiteDataSource source = SqliteConnection.source(directory.resolve("host.db"));
    writer = new SqliteWriter(SqliteConnection.writing(source), () -> {}, ends::incrementAndGet);
  }

  @AfterEach
  void close() {
    writer.close();
    db.close();
  }

  @Test
  void failedWork_isUndoneAloneAndAnsweredWithTheOthers() {
    Pending<Integer> before = inserting("before");
    Pending<Integer> failing =
        new Pending<>(sql -> {
          insert(sql, "failing");
          throw new IllegalStateException("no");
        });
    Pending<Integer> after = inserting("after");

    writer.run(List.of(before, failing, after), () -> {});

    assertThat(before.await()).isEqualTo(1);
    assertThatThrownBy(failing::await).isExactlyInstanceOf(IllegalStateException.class);
    assertThat(after.await()).isEqualTo(1);
    assertThat(names()).containsExactly("after", "before");
  }

  @Test
  void work_seesItsNeighboursBeforeTheCommit_andNobodyElseDoes() {
    Pending<Integer> first = inserting("same");
    Pending<Integer> second = inserting("same");
    Pending<Integer> looking = new Pending<>(sql -> names().size());

    writer.run(List.of(first, second, looking), () -> {});

    assertThat(first.await()).isEqualTo(1);
    assertThatThrownBy(second::await).isExactlyInstanceOf(UniqueViolation.class);
    assertThat(looking.await()).isZero();
    assertThat(names()).containsExactly("same");
  }

  @Test
  void workThatLosesTheTransaction_failsAlone_afterOneMoreTry() {
    Pending<Integer> before = inserting("before");
    Pending<Integer> losing =
        new Pending<>(sql -> {
          insert(sql, "losing");
          sql.list("PRAGMA max_page_count = 1", row -> row.number("max_page_count"));
          return sql.update(
              "INSERT INTO host (name, value) VALUES ('much', ?)", "x".repeat(999_999));
        });
    Pending<Integer> after = inserting("after");

    writer.run(List.of(before, losing, after), () -> {});

    assertThat(before.await()).isEqualTo(1);
    assertThatThrownBy(losing::await).isExactlyInstanceOf(DatabaseFull.class);
    assertThat(after.await()).isEqualTo(1);
    assertThat(names()).containsExactly("after", "before");
    assertThat(runs)
        .containsExactly(
            "before", "losing", "before", "losing", "before", "losing", "after", "losing");
  }

  @Test
  void workThatEndsTheTransaction_isRefused() {
    for (String end : List.of("ROLLBACK", "COMMIT")) {
      Pending<Integer> ending = new Pending<>(sql -> insert(sql, "ending") + sql.update(end));
      writer.run(List.of(ending), () -> {});
      assertThatThrownBy(ending::await)
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("a work may not end its transaction: " + end);
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void worksThatSucceed_runOnce() {
    writer.run(List.of(inserting("a"), inserting("b")), () -> {});

    assertThat(runs).containsExactly("a", "b");
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void workThatComesWhileOthersRun_sharesTheirCommit() {
    Pending<Integer> looking = new Pending<>(sql -> names().size());
    var group = new ArrayList<Pending<?>>(List.of(inserting("first")));
    var late = new ArrayDeque<Pending<?>>(List.of(inserting("late"), looking));

    writer.run(
        group,
        () -> {
          if (!late.isEmpty()) {
            group.add(late.remove());
          }
        });

    assertThat(looking.await()).isZero();
    assertThat(runs).containsExactly("first", "late");
    assertThat(names()).containsExactly("first", "late");
  }

  @Test
  void failedCommit_failsAllOfTheGroup() {
    db.change(sql ->
        sql.update(
            "CREATE TABLE late (id BIGINT PRIMARY KEY,"
                + " of BIGINT REFERENCES late (id) DEFERRABLE INITIALLY DEFERRED)"));
    Pending<Integer> good = inserting("good");
    Pending<Integer> bad = new Pending<>(sql -> sql.update("INSERT INTO late VALUES (1, 2)"));
    Pending<Integer> throwing =
        new Pending<>(sql -> {
          throw new IllegalStateException("no");
        });

    writer.run(List.of(good, bad, throwing), () -> {});

    for (Pending<?> call : List.of(good, bad, throwing)) {
      assertThatThrownBy(call::await)
          .isExactlyInstanceOf(DatabaseUnsure.class)
          .hasMessageStartingWith("the commit failed: ");
    }
    assertThat(names()).isEmpty();
    assertThat(ends).as("whoever opened it is told").hasValue(1);
    Pending<Integer> late = inserting("late");
    writer.run(List.of(late), () -> {});
    assertThatThrownBy(late::await).isExactlyInstanceOf(DatabaseStopped.class);
    assertThat(ends).as("once").hasValue(1);
  }

  /** SQLite has one code for a quota that is used up and for a disk that is broken. */
  @Test
  void writeThatFailed_metAFullDisk_ifTheQuotaIsUsedUp() {
    var unwritten = new SQLiteException("no", SQLiteErrorCode.SQLITE_IOERR_WRITE);
    var unsynced = new SQLiteException("no", SQLiteErrorCode.SQLITE_IOERR_FSYNC);

    assertThat(SqliteConnection.isFull(unwritten, () -> true)).isTrue();
    assertThat(SqliteConnection.isFull(unwritten, () -> false)).isFalse();
    assertThat(SqliteConnection.isFull(unsynced, () -> true)).isFalse();
    assertThat(DiskQuota.isUsedUp(directory)).isFalse();
    assertThat(directory.resolve("quota-probe")).doesNotExist();
  }

  private Pending<Integer> inserting(String name) {
    return new Pending<>(sql -> insert(sql, name));
  }

  private int insert(Sql sql, String name) {
    runs.add(name);
    return sql.update("INSERT INTO host (name, value) VALUES (?, '')", name);
  }

  private List<String> names() {
    return db.read(sql -> sql.list("SELECT name FROM host ORDER BY name", row -> row.text("name")));
  }
}
