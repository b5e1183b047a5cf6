package io.consigne.core.db;

import java.nio.file.Path;
import java.util.Random;

/** Opens databases, after bringing their schema to what this program needs. */
public final class Databases {
  private Databases() {}

  /**
   * Opens a SQLite database, and makes it if the file is missing. Only one process may have it
   * open.
   *
   * @throws DatabaseException if the file cannot be opened, or is of a newer program
   */
  public static Database sqlite(Path file) {
    return SqliteDatabase.open(file);
  }

  /**
   * Opens a PostgreSQL database that exists; several processes may have it open.
   *
   * @throws DatabaseException if it cannot be reached, or is of a newer program
   */
  public static Database postgres(PostgresAddress address) {
    return PostgresDatabase.open(address, new Random());
  }
}
