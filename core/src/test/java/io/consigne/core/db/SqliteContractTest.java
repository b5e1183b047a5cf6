package io.consigne.core.db;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, held by SQLite. */
class SqliteContractTest extends DatabaseContract {
  @TempDir static Path directory;

  @Override
  Database open() {
    return TestDatabases.sqlite(directory);
  }
}
