package io.consigne.core.db;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs works that read a PostgreSQL database, each on one snapshot. */
final class PostgresReader {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresReader.class);

  private final DataSource source;
  private final ServerConnections connections;

  /** Connections of {@code source} are read-only and of isolation level "repeatable read". */
  PostgresReader(DataSource source, ServerConnections connections) {
    this.source = source;
    this.connections = connections;
  }

  /** Runs the call, and answers it. */
  void run(Pending<?> call) {
    try {
      Connection connection = connections.connection(source);
      try {
        call.run(new JdbcSql(new PostgresSession(connection, false)));
      } finally {
        giveBack(connection);
      }
    } catch (DatabaseAway e) {
      call.fail(e);
    } catch (Throwable e) {
      call.fail(new DatabaseException("the database cannot be read: " + e.getMessage(), e));
    } finally {
      call.answer();
    }
  }

  /** A fault that comes after the outcome does not change it; nothing was written. */
  private static void giveBack(Connection connection) {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("the pool drops a connection that is lost: {}", e.getMessage());
    }
  }
}
