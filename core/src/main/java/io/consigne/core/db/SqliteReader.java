package io.consigne.core.db;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/** A connection for reading a SQLite file, opened when it is first needed; for one at a time. */
final class SqliteReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteReader.class);

  private final SQLiteDataSource source;
  private @Nullable SqliteConnection connection;

  SqliteReader(SQLiteDataSource source) {
    this.source = source;
  }

  /** Runs the call on one snapshot, and answers it. */
  void run(Pending<?> call) {
    try {
      read(call);
    } catch (Throwable e) {
      call.fail(new DatabaseException("the database cannot be read: " + e.getMessage(), e));
      close();
    }
    call.answer();
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (DatabaseException e) {
        LOG.warn("{}", e.getMessage(), e);
      }
      connection = null;
    }
  }

  private void read(Pending<?> call) throws SQLException {
    if (connection == null) {
      connection = SqliteConnection.reading(source);
    }
    connection.run("BEGIN");
    call.run(new JdbcSql(connection));
    connection.run("ROLLBACK");
  }
}
