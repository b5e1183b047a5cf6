package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What holds for PostgreSQL beyond the contract. */
@Timeout(60)
class PostgresDatabaseTest {
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Level before = root.getLevel();
  private final PostgresAddress address = TestDatabases.newPostgresAddress();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    root.setLevel(before);
    root.detachAppender(log);
  }

  @Test
  void serverWithoutSync_isWarnedAbout() {
    Databases.postgres(address).close();

    assertThat(messages(Level.WARN))
        .containsOnlyOnce(address + " runs with fsync = off: a power cut may damage it");
  }

  /** A client is told to come again, and not that the host is at fault. */
  @Test
  void readWhoseServerStops_isAway() {
    try (Database db = Databases.postgres(address)) {
      assertThatThrownBy(() ->
              db.read(sql ->
                  sql.list(
                      "SELECT pg_terminate_backend(pg_backend_pid()) AS gone",
                      row -> row.text("gone"))))
          .isExactlyInstanceOf(DatabaseAway.class);
      assertThat(db.<Long>read(sql -> sql.number("SELECT 1 AS number"))).isEqualTo(1);
    }
  }

  /** What is on its way to a machine that is gone is not answered for a quarter of an hour. */
  @Test
  void calls_waitNoLongerThanFiveMinutes_andMigrationsAsLongAsTheyTake() throws Exception {
    try (Connection connection = PostgresDatabase.impatient(address).getConnection()) {
      assertThat(connection.getNetworkTimeout()).isEqualTo(300_000);
    }
    try (Connection connection = address.source().getConnection()) {
      assertThat(connection.getNetworkTimeout()).isZero();
    }
  }

  @Test
  void commit_waitsForTheDiskEvenIfTheServerWouldNot() {
    TestDatabases.runOnServer("ALTER ROLE postgres SET synchronous_commit = off");
    try (Database db = Databases.postgres(address)) {
      assertThat(setting(db, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(db, "transaction_isolation")).isEqualTo("serializable");
    } finally {
      TestDatabases.runOnServer("ALTER ROLE postgres RESET synchronous_commit");
    }
  }

  @Test
  void migrations_areNoNews() {
    Databases.postgres(address).close();

    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .extracting(ILoggingEvent::getLoggerName)
        .noneMatch(name -> name.startsWith("org.flywaydb"));
  }

  @Test
  void password_isInNoMessage() {
    root.setLevel(Level.TRACE);
    String text = address.toString().replace("postgres@", "postgres:hunter2@");

    Databases.postgres(PostgresAddress.parse(text)).close();
    assertThatThrownBy(
            () -> Databases.postgres(PostgresAddress.parse(text.replace("/host", "/missing"))))
        .isExactlyInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("postgresql://postgres:***@127.0.0.1:")
        .hasStackTraceContaining("does not exist")
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("hunter2"));

    assertThat(messages(Level.TRACE)).noneMatch(message -> message.contains("hunter2"));
  }

  @Test
  void hostsThatStartTogether_migrateOnce() throws Exception {
    List<Database> opened = atOnce(4, () -> Databases.postgres(address));
    try {
      for (Database db : opened) {
        assertThat(
                db.<Long>read(
                    sql -> sql.number("SELECT count(*) FROM flyway_schema_history WHERE success")))
            .isEqualTo(
                db.<Long>read(
                    sql -> sql.number("SELECT max(installed_rank) FROM flyway_schema_history")));
      }
    } finally {
      opened.forEach(Database::close);
    }
  }

  @Test
  void hostsThatChangeOneRow_allSucceed() throws Exception {
    try (Database one = Databases.postgres(address);
        Database two = Databases.postgres(address)) {
      one.change(sql -> sql.update("INSERT INTO host (name, value) VALUES ('n', '')"));
      List<Database> hosts =
          Stream.generate(() -> List.of(one, two)).limit(24).flatMap(List::stream).toList();

      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> writes = new ArrayList<>();
        hosts.forEach(db -> writes.add(threads.submit(() -> tenMarks(db))));
        for (Future<?> write : writes) {
          write.get();
        }
      }

      assertThat(
              one.<Long>read(sql -> sql.number("SELECT length(value) FROM host WHERE name = 'n'")))
          .isEqualTo(480);
    }
  }

  @Test
  void brokenConnections_areReplaced() {
    try (Database db = Databases.postgres(address)) {
      db.change(sql -> sql.number("SELECT count(*) FROM host"));
      TestDatabases.runOnServer(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
              + " 'consigne'");

      int changed = db.write(sql -> sql.update("INSERT INTO host (name, value) VALUES ('n', '')"));

      assertThat(changed).isEqualTo(1);
    }
  }

  /** Its answer may have been lost as well as its effect: only the server knows. */
  @Test
  void failedCommit_isUnsure_andFailedStatementIsNot() {
    try (Database db = Databases.postgres(address)) {
      db.change(sql ->
          sql.update(
              "CREATE TABLE late (id BIGINT PRIMARY KEY,"
                  + " of BIGINT REFERENCES late (id) DEFERRABLE INITIALLY DEFERRED)"));
      assertThatThrownBy(() -> db.write(sql -> sql.update("INSERT INTO late VALUES (1, 2)")))
          .isExactlyInstanceOf(DatabaseUnsure.class)
          .hasMessageStartingWith("the commit failed: ");
      assertThatThrownBy(() -> db.write(sql -> sql.update("INSERT INTO nowhere VALUES (1)")))
          .isExactlyInstanceOf(DatabaseException.class);
    }
  }

  private static void tenMarks(Database db) {
    for (int i = 0; i < 10; i++) {
      db.change(sql -> {
        String value =
            sql.first("SELECT value FROM host WHERE name = 'n'", row -> row.text("value"))
                .orElseThrow();
        sql.update("UPDATE host SET value = ? WHERE name = 'n'", value + "x");
      });
    }
  }

  private static String setting(Database db, String name) {
    return db.write(sql ->
        sql.first("SELECT current_setting(?) AS value", row -> row.text("value"), name)
            .orElseThrow());
  }

  private List<String> messages(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static String stackTrace(Throwable e) {
    var text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(Collections.nCopies(callers, call))) {
        results.add(future.get());
      }
      return results;
    }
  }
}
