package io.consigne.core.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Random;

/** Opens databases, after bringing their schema to what this program needs, or as they are. */
public final class Databases {
  /**
   * What contents leave of the disk to the database, and as much again is kept in {@code
   * spare-room}: were that more, uploads would take what is given up.
   */
  public static final int SPARE_BYTES = 4 << 20;

  private Databases() {}

  /**
   * Opens a SQLite database, and makes it, readable for this user alone, if the file is missing.
   * Only one process may have it open.
   *
   * @throws DatabaseException if the file cannot be opened, or is of a newer program
   */
  public static Database sqlite(Path file) {
    return sqlite(file, Schema.UPDATED, () -> {});
  }

  private static Database sqlite(Path file, Schema schema, Runnable stopped) {
    makePrivate(file);
    return SqliteDatabase.open(file, schema, stopped);
  }

  /** SQLite would make it readable for all; its log and index get the same mode. */
  private static void makePrivate(Path file) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      // It is there already, or cannot be made, which SQLite tells.
    }
  }

  /**
   * Opens a SQLite database beside a file {@code spare-room}, which is made again when it is
   * missing: it is given up when a write finds the disk full, so that files can still be removed.
   * When a commit failed, so that nothing can be written any more, {@code stopped} is run; it must
   * not wait for the database.
   */
  public static Database sparingSqlite(Path file, Runnable stopped) {
    return sparing(file, Schema.UPDATED, stopped);
  }

  /**
   * As {@link #sparingSqlite}, for a command beside a host: a database of another version stays as
   * it is.
   *
   * @throws DatabaseException if it cannot be opened, or is of an older or newer program
   */
  public static Database sqliteAsItIs(Path file) {
    return sparing(file, Schema.AS_IT_IS, () -> {});
  }

  private static Database sparing(Path file, Schema schema, Runnable stopped) {
    Path room = file.resolveSibling("spare-room");
    SpareRoom.giveUpIfFull(room);
    Database database = sqlite(file, schema, stopped);
    return new SparingDatabase(database, new SpareRoom(room, System::nanoTime));
  }

  /**
   * Opens a PostgreSQL database that exists; several processes may have it open.
   *
   * @throws DatabaseException if it cannot be reached, or is of a newer program
   */
  public static Database postgres(PostgresAddress address) {
    return PostgresDatabase.open(address, Schema.UPDATED, new Random());
  }

  /**
   * As {@link #postgres}, for a command: a database of another version stays as it is, since a host
   * of that version may have it open.
   *
   * @throws DatabaseException if it cannot be reached, or is of an older or newer program
   */
  public static Database postgresAsItIs(PostgresAddress address) {
    return PostgresDatabase.open(address, Schema.AS_IT_IS, new Random());
  }

  /**
   * Copies a SQLite database, as it is at one moment, to a file that is new or empty. Who uses the
   * database meanwhile, also from another process, is not held up. The copy is not synced.
   *
   * @throws DatabaseException if it cannot be read, or the copy not written
   */
  public static void copySqlite(Path file, Path copy) {
    try (SqliteConnection connection = SqliteConnection.writing(SqliteConnection.source(file))) {
      connection.copyTo(copy);
    } catch (SQLException e) {
      throw new DatabaseException(file + " cannot be copied to " + copy + ": " + e.getMessage(), e);
    }
  }

  /**
   * Opens what {@link #copySqlite} made, for reading alone: nothing is written to it or beside it.
   */
  public static Database sqliteCopy(Path copy) {
    return new SqliteCopy(copy);
  }
}
