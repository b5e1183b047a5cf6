package io.consigne.core.db;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A SQLite file that nobody changes, such as one in a backup; it is never written to. */
final class SqliteCopy implements Database {
  private final Path file;
  private final SqliteReaders readers;
  private final Lane reads;

  SqliteCopy(Path file) {
    this.file = file;
    readers = new SqliteReaders(SqliteConnection.unchanging(file));
    reads = new Lane(ScopedValue.newInstance(), SqliteReaders.MOST, readers::run);
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return reads.call(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    throw new DatabaseException("a copy is not written to: " + file);
  }

  @Override
  public List<String> damage() {
    return read(SqliteDatabase::damage);
  }

  @Override
  public void close() {
    reads.close();
    readers.close();
  }
}
