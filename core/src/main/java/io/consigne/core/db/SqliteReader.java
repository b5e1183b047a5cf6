package io.consigne.core.db;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/** One of the readers of a SQLite file; it opens its connection when it is first needed. */
final class SqliteReader implements Workers.Worker {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteReader.class);

  private final SQLiteDataSource source;
  private @Nullable SqliteConnection connection;

  SqliteReader(SQLiteDataSource source) {
    this.source = source;
  }

  @Override
  public void run(List<Pending<?>> calls) {
    for (Pending<?> call : calls) {
      try {
        read(call);
      } catch (Throwable e) {
        call.fail(new DatabaseException("the database cannot be read: " + e.getMessage(), e));
        close();
      }
      call.answer();
    }
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
