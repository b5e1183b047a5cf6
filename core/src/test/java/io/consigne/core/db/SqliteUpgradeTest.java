package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/** What a start does with a database of an earlier version. */
class SqliteUpgradeTest {
  private static final int MEMORY = 2;
  private static final int FILE = 1;

  /** One account with a folder, two files, and one that was removed; another with nothing. */
  private static final List<String> EARLIER =
      List.of(
          """
          INSERT INTO accounts (id, email, email_key, plan, root_id, epoch, changes, used_bytes,
            settings, created_at)
          VALUES (1, 'a', 'a', 'GOLD', 10, 1, 1, 0, '', 0), (2, 'b', 'b', 'GOLD', 20, 1, 1, 0, '', 0)
          """,
          """
          INSERT INTO folders (id, account_id, parent_id, name, created_at, revision)
          VALUES (10, 1, NULL, 'Root', 0, 1), (11, 1, 10, 'Docs', 0, 1), (20, 2, NULL, 'Root', 0, 1)
          """,
          """
          INSERT INTO contents (id, account_id, size_bytes, sha256, refs, created_at)
          VALUES (1, 1, 0, '', 2, 0)
          """,
          """
          INSERT INTO files (account_id, folder_id, name, content_id, size_bytes, link, domain,
            uploaded_at, modified_at, revision, removed_at, description, inline, no_ssl, cdn, acl)
          VALUES (1, 10, 'a', 1, 0, 'a', 0, 0, 0, 1, NULL, '', false, false, false, ''),
            (1, 11, 'b', 1, 0, 'b', 0, 0, 0, 1, NULL, '', false, false, false, ''),
            (1, 11, 'c', 1, 0, 'c', 0, 0, 0, 1, 5, '', false, false, false, '')
          """);

  private final Logger logger = (Logger) LoggerFactory.getLogger(Migrations.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  @TempDir Path directory;

  @BeforeEach
  void open() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void close() {
    logger.detachAppender(lines);
  }

  /** A host of ten million files would have been killed for its memory at each start. */
  @Test
  void whatIsSorted_isBesideTheFile_andElseInMemory() throws Exception {
    Path odd = Files.createDirectory(directory.resolve("it's odd"));
    Path file = odd.resolve("host.db");
    try (Connection migrating = SqliteConnection.migrating(file).getConnection()) {
      assertThat(number(migrating, "PRAGMA temp_store")).isEqualTo(FILE);
      assertThat(temporary(migrating)).isEqualTo(odd.toString());
    }
    try (Connection usual = SqliteConnection.source(file).getConnection()) {
      assertThat(number(usual, "PRAGMA temp_store")).isEqualTo(MEMORY);
    }
  }

  /** Where SQLite has its temporary files is a matter of the whole process. */
  @Test
  void whereItIsSorted_isForgotten() throws Exception {
    Databases.sqlite(directory.resolve("host.db")).close();
    SQLiteDataSource other = SqliteConnection.unchanging(directory.resolve("host.db"));
    try (Connection usual = other.getConnection()) {
      assertThat(temporary(usual)).isNullOrEmpty();
    }
  }

  private static @Nullable String temporary(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA temp_store_directory")) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private static int number(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.getInt(1);
    }
  }

  @Test
  void log_saysWhenItBegins_andWhenItIsOver() {
    Path file = directory.resolve("host.db");
    Migrations.sqlite(SqliteConnection.migrating(file), "7").run();
    assertThat(told()).as("a new one is none that is brought up to date").isEmpty();
    Databases.sqlite(file).close();
    assertThat(told())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("The database of schema version 7 is brought up"),
            line -> assertThat(line).matches("The database has schema version [1-9][0-9]+"));
    Databases.sqlite(file).close();
    assertThat(told()).hasSize(2);
  }

  /** A command of a newer program once took the database from the host that had written it. */
  @Test
  void earlierVersion_isRefusedByCommands_andStaysAsItIs() throws Exception {
    Path file = directory.resolve("host.db");
    Migrations.sqlite(SqliteConnection.migrating(file), "7").run();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Databases.sqliteAsItIs(file))
          .isExactlyInstanceOf(DatabaseException.class)
          .hasMessage(
              "the database has schema version 7, older than this program needs: start the host"
                  + " once by it, with serve, which brings the database up to date");
    }
    Databases.sqlite(file).close();
    Databases.sqliteAsItIs(file).close();
    Path none = directory.resolve("none.db");
    assertThatThrownBy(() -> Databases.sqliteAsItIs(none))
        .hasMessage("there is no host in the database: serve makes one");
  }

  private List<String> told() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void filesAndFolders_areCounted() throws Exception {
    Path file = directory.resolve("host.db");
    Migrations.sqlite(SqliteConnection.migrating(file), "11").run();
    try (Connection earlier = SqliteConnection.source(file).getConnection();
        Statement statement = earlier.createStatement()) {
      for (String row : EARLIER) {
        statement.execute(row);
      }
    }
    try (Database database = Databases.sqlite(file)) {
      assertThat(
              database.<List<Long>>read(sql ->
                  sql.list("SELECT items FROM accounts ORDER BY id", row -> row.number("items"))))
          .containsExactly(3L, 0L);
    }
  }

  @Test
  void lackOfRoom_isTold() {
    Path file = Path.of("host.db");
    assertThat(SqliteDatabase.shortage(file, 5 << 20, 10 << 20)).isEmpty();
    assertThat(SqliteDatabase.shortage(file, 5 << 20, (10 << 20) - 1))
        .hasValue(
            "host.db is brought up to date, for which it may need 10 MiB, and 9 MiB are free");
  }
}
