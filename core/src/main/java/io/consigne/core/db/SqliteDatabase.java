package io.consigne.core.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/**
 * A database in one file: a write-ahead log that is synced with each commit, one writer that
 * commits in groups, and a few readers beside it.
 */
final class SqliteDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
  private static final int MOST_WAITING = 1024;
  private static final int MOST_IN_A_GROUP = 256;

  private final Workers writer;
  private final AtomicLong state = new AtomicLong();
  private final SqliteReaders readers;
  private final Lane writes;
  private final Lane reads;

  private SqliteDatabase(SQLiteDataSource source, SqliteConnection connection, Runnable stopped) {
    ScopedValue<Boolean> working = ScopedValue.newInstance();
    writer =
        new Workers(
            "sqlite-writer-",
            MOST_IN_A_GROUP,
            List.of(new SqliteWriter(connection, state::incrementAndGet, stopped)));
    readers = new SqliteReaders(source);
    writes = new Lane(working, MOST_WAITING, writer::submit);
    reads = new Lane(working, SqliteReaders.MOST, readers::run);
  }

  /** Opens it; {@code stopped} is run when it has stopped for good. */
  static SqliteDatabase open(Path file, Schema schema, Runnable stopped) {
    SQLiteDataSource source = SqliteConnection.source(file);
    SqliteConnection connection;
    try {
      connection = SqliteConnection.writing(source);
    } catch (SQLException e) {
      throw new DatabaseException(file + " cannot be opened: " + e.getMessage(), e);
    }
    try {
      Migrations steps = Migrations.sqlite(SqliteConnection.migrating(file));
      switch (schema) {
        case UPDATED -> {
          steps.behind().ifPresent(_ -> tellOfRoom(file));
          migrate(file, steps::run, connection);
        }
        case AS_IT_IS -> migrate(file, steps::require, connection);
      }
      emptyLog(file, connection);
      return new SqliteDatabase(source, connection, stopped);
    } catch (DatabaseException e) {
      connection.close();
      throw e;
    }
  }

  private static void migrate(Path file, Runnable steps, SqliteConnection connection) {
    try {
      steps.run();
    } finally {
      try {
        connection.forgetTempStoreDirectory();
      } catch (SQLException e) {
        LOG.warn("What is sorted for another database may be beside {}: {}", file, e.toString());
      }
    }
  }

  /**
   * What a process that died has left in the log is not gone on with: if a sync of it has failed,
   * it may be in memory alone, and a power cut would take with it all that is committed behind it.
   * On a full disk it stays, so that files can be removed.
   */
  private static void emptyLog(Path file, SqliteConnection connection) {
    try {
      connection.emptyLog();
    } catch (SQLException e) {
      if (!connection.isFull(e)) {
        throw new DatabaseException(file + " cannot be opened: " + e.getMessage(), e);
      }
      LOG.warn("The log of {} stays, because the disk is full", file);
    }
  }

  private static void tellOfRoom(Path file) {
    try {
      long free = Files.getFileStore(file).getUsableSpace();
      shortage(file, Files.size(file), free).ifPresent(LOG::warn);
    } catch (IOException e) {
      LOG.warn("Nobody knows how much room there is beside {}: {}", file, e.toString());
    }
  }

  /** What is short where a schema is changed: rows may be written once more, and into the log. */
  static Optional<String> shortage(Path file, long bytes, long free) {
    long needed = 2 * bytes;
    return free >= needed
        ? Optional.empty()
        : Optional.of(
            "%s is brought up to date, for which it may need %d MiB, and %d MiB are free"
                .formatted(file, needed >> 20, free >> 20));
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return reads.call(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    return writes.call(work);
  }

  @Override
  public OptionalLong state() {
    return OptionalLong.of(state.get());
  }

  @Override
  public List<String> damage() {
    return read(SqliteDatabase::damage);
  }

  @Override
  public List<String> dangling() {
    return read(SqliteDatabase::dangling);
  }

  /** What the check of a SQLite file says. */
  static List<String> damage(Sql sql) {
    List<String> said = sql.list("PRAGMA integrity_check(100)", row -> row.text("integrity_check"));
    return said.equals(List.of("ok")) ? List.of() : said;
  }

  private static List<String> dangling(Sql sql) {
    return sql.list(
        "PRAGMA foreign_key_check",
        row ->
            "%s of %s names a row of %s that is missing"
                .formatted(
                    row.numberOrNull("rowid") == null ? "a row" : "row " + row.number("rowid"),
                    row.text("table"),
                    row.text("parent")));
  }

  @Override
  public void close() {
    writes.close();
    reads.close();
    writer.close();
    readers.close();
  }
}
