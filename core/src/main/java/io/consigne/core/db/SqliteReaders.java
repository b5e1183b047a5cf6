package io.consigne.core.db;

import java.util.ArrayDeque;
import java.util.Deque;
import org.sqlite.SQLiteDataSource;

/**
 * The readers of a SQLite file. A call is run on the thread that makes it: handing it to another
 * one costs more than most reads, and reading never waits for the writer. A virtual thread holds on
 * to its carrier meanwhile, as it does when it reads a file; {@link #MOST} leaves some to others.
 */
final class SqliteReaders implements AutoCloseable {
  /** How many calls read at once. */
  static final int MOST = 8;

  private final SQLiteDataSource source;

  /** Last used first, because its cache is the warmest. */
  private final Deque<SqliteReader> idle = new ArrayDeque<>();

  SqliteReaders(SQLiteDataSource source) {
    this.source = source;
  }

  /** Runs and answers the call. */
  void run(Pending<?> call) {
    SqliteReader reader = take();
    try {
      reader.run(call);
    } finally {
      giveBack(reader);
    }
  }

  /** Closes those that nobody uses. */
  @Override
  public synchronized void close() {
    idle.forEach(SqliteReader::close);
    idle.clear();
  }

  private synchronized SqliteReader take() {
    return idle.isEmpty() ? new SqliteReader(source) : idle.pop();
  }

  private synchronized void giveBack(SqliteReader reader) {
    idle.push(reader);
  }
}
