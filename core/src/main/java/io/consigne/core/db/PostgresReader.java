package io.consigne.core.db;

import java.sql.Connection;
import javax.sql.DataSource;

/** Runs works that read a PostgreSQL database, each on one snapshot. */
final class PostgresReader {
  private final DataSource source;
  private final Reach reach;

  /** Connections of {@code source} are read-only and of isolation level "repeatable read". */
  PostgresReader(DataSource source, Reach reach) {
    this.source = source;
    this.reach = reach;
  }

  /** Runs the call, and answers it. */
  void run(Pending<?> call) {
    try (Connection connection = reach.connection(source)) {
      call.run(new JdbcSql(new PostgresSession(connection, false)));
      connection.rollback();
    } catch (DatabaseAway e) {
      call.fail(e);
    } catch (Throwable e) {
      call.fail(new DatabaseException("the database cannot be read: " + e.getMessage(), e));
    } finally {
      call.answer();
    }
  }
}
