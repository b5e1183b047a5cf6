package io.consigne.core.db;

import java.sql.Connection;
import javax.sql.DataSource;

/** Runs works that read a PostgreSQL database, each on one snapshot. */
final class PostgresReader {
  private final DataSource source;

  /** Its connections are read-only and of isolation level "repeatable read". */
  PostgresReader(DataSource source) {
    this.source = source;
  }

  /** Runs the call, and answers it. */
  void run(Pending<?> call) {
    try (Connection connection = source.getConnection()) {
      call.run(new JdbcSql(new PostgresSession(connection, false)));
      connection.rollback();
    } catch (Throwable e) {
      call.fail(new DatabaseException("the database cannot be read: " + e.getMessage(), e));
    } finally {
      call.answer();
    }
  }
}
