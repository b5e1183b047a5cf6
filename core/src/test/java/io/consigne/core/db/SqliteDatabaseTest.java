package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What holds for SQLite beyond the contract. */
class SqliteDatabaseTest {
  @TempDir Path directory;
  private Database db;

  @BeforeEach
  void open() {
    db = TestDatabases.sqlite(directory);
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void everyCommit_isSyncedIntoALog() {
    assertThat(db.<Long>write(sql -> sql.number("PRAGMA synchronous"))).isEqualTo(2); // FULL
    String mode =
        db.write(sql -> sql.first("PRAGMA journal_mode", row -> row.text("journal_mode")))
            .orElseThrow();
    assertThat(mode).isEqualTo("wal");
    assertThat(db.<Long>write(sql -> sql.number("PRAGMA foreign_keys"))).isEqualTo(1);
    assertThat(directory.resolve("host.db-wal")).exists();
  }

  /**
   * A log that an earlier process left may hold what a failed sync has lost on the disk, though not
   * in memory: whatever is committed behind that would be lost with it in a power cut.
   */
  @Test
  void logOfAProcessThatDied_isNotGoneOnWith() throws Exception {
    db.change(sql -> insert(sql, "a", "b"));
    Path died = Files.createDirectory(directory.resolve("died"));
    Files.copy(directory.resolve("host.db"), died.resolve("host.db"));
    Files.copy(directory.resolve("host.db-wal"), died.resolve("host.db-wal"));
    assertThat(died.resolve("host.db-wal")).isNotEmptyFile();

    try (Database again = TestDatabases.sqlite(died)) {
      assertThat(died.resolve("host.db-wal")).isEmptyFile();
      assertThat(again.<Long>read(sql -> sql.number("SELECT count(*) FROM host"))).isEqualTo(1);
    }
  }

  /** On a full disk the index could not grow, and the commit that needs it would be in doubt. */
  @Test
  void indexOfTheLog_doesNotGrow() throws Exception {
    long most = 0;
    for (int i = 0; i < 200; i++) {
      String value = i + "x".repeat(200_000);
      db.change(sql -> sql.update("DELETE FROM host WHERE name = 'large'"));
      db.change(sql -> insert(sql, "large", value));
      most = Math.max(most, Files.size(directory.resolve("host.db-wal")));
    }
    assertThat(most).isBetween(3500L * 4096, 4062L * 4120);
    assertThat(directory.resolve("host.db-shm")).hasSize(32 << 10);
  }

  @Test
  void fullDatabase_failsTheWorkAndNoOther() {
    long pages = db.<Long>write(sql -> sql.number("PRAGMA page_count"));
    db.change(sql -> sql.number("PRAGMA max_page_count = " + (pages + 2)));

    assertThatThrownBy(() -> db.write(sql -> insert(sql, "large", "x".repeat(100_000))))
        .isExactlyInstanceOf(DatabaseFull.class)
        .hasMessageContaining("SQLITE_FULL");

    db.change(sql -> insert(sql, "small", "x"));
    assertThat(db.<Long>read(sql -> sql.number("SELECT count(*) FROM host"))).isEqualTo(1);
  }

  @Test
  void failedCommit_stopsEveryLaterWrite() {
    db.change(sql ->
        sql.update(
            "CREATE TABLE late (id BIGINT PRIMARY KEY,"
                + " of BIGINT REFERENCES late (id) DEFERRABLE INITIALLY DEFERRED)"));

    assertThatThrownBy(() -> db.write(sql -> sql.update("INSERT INTO late (id, of) VALUES (1, 2)")))
        .isExactlyInstanceOf(DatabaseUnsure.class)
        .hasMessageStartingWith("the commit failed: ");

    assertThatThrownBy(() -> db.write(sql -> insert(sql, "a", "b")))
        .isExactlyInstanceOf(DatabaseStopped.class)
        .hasMessage("an earlier commit failed, nothing is written until a restart");
    assertThat(db.<Long>read(sql -> sql.number("SELECT count(*) FROM late"))).isZero();
    db.close();
    try (Database again = TestDatabases.sqlite(directory)) {
      assertThat(again.<Integer>write(sql -> insert(sql, "a", "b"))).isEqualTo(1);
    }
  }

  @Test
  void path_mayHoldAnyCharacter() throws Exception {
    Path odd = Files.createDirectory(directory.resolve("a b?c#d%41é"));

    try (Database other = TestDatabases.sqlite(odd)) {
      other.change(sql -> insert(sql, "a", "b"));
    }

    assertThat(odd.resolve("host.db")).exists();
  }

  @Test
  void fileThatIsNoDatabase_isRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("other.db"), "not a database".repeat(100));

    assertThatThrownBy(() -> Databases.sqlite(file))
        .isExactlyInstanceOf(DatabaseException.class)
        .hasMessageStartingWith(file + " cannot be opened: [SQLITE_NOTADB]");
  }

  private static int insert(Sql sql, String name, String value) {
    return sql.update("INSERT INTO host (name, value) VALUES (?, ?)", name, value);
  }

  /** Else neither the host nor its fsck could be started with it any more. */
  @Test
  void damagedDatabaseOfAnEarlierVersion_opensAndSaysWhatIsMissing() throws Exception {
    Path earlier = Files.createDirectory(directory.resolve("earlier"));
    SQLiteDataSource source = SqliteConnection.migrating(earlier.resolve("host.db"));
    Migrations.sqlite(source, "7").run();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO content_segments VALUES (1, 0, 'gone', 12, 34)");
    }

    try (Database opened = TestDatabases.sqlite(earlier)) {
      assertThat(opened.dangling())
          .containsExactlyInAnyOrder(
              "a row of content_segments names a row of store_files that is missing",
              "a row of content_segments names a row of contents that is missing");
      assertThat(opened.<Long>read(sql -> sql.number("SELECT offset_bytes FROM content_segments")))
          .isEqualTo(12);
      assertThat(opened.<Long>write(sql -> sql.number("PRAGMA foreign_keys"))).isEqualTo(1);
    }
  }
}
