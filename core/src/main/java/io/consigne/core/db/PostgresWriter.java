package io.consigne.core.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs works that change a PostgreSQL database, first beside each other, then alone.
 *
 * <p>The first run is serializable, shares the database with the others, and sets no savepoints. If
 * it meets a conflict or a unique violation (the row that is in the way may be one that its
 * snapshot does not show), it is rolled back, and run again while it shuts out all other writers of
 * all processes: it sees everything that they did, and nothing can come between. A lock on a table
 * does that, because {@code LOCK TABLE} waits before the transaction takes its snapshot; it is
 * queued fairly, ends with the transaction, and works through a connection pooler.
 */
final class PostgresWriter {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);
  private static final int MOST_RUNS = 12;
  private static final int LONGEST_PAUSE_MILLIS = 256;
  private static final String BESIDE_OTHERS = "LOCK TABLE host IN ROW SHARE MODE";
  private static final String ALONE = "LOCK TABLE host IN EXCLUSIVE MODE";

  /** Serialization failure, deadlock. */
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  private static final String UNIQUE_VIOLATION = "23505";

  private final DataSource source;
  private final ServerConnections connections;
  private final RandomGenerator random;

  PostgresWriter(DataSource source, ServerConnections connections, RandomGenerator random) {
    this.source = source;
    this.connections = connections;
    this.random = random;
  }

  /** Runs the call until it succeeds or will never do so; then answers it. */
  void run(Pending<?> call) {
    try {
      for (int run = 1; !runOnce(call, run); run++) {
        if (run > 1) {
          Thread.sleep(random.nextInt(Math.min(1 << run, LONGEST_PAUSE_MILLIS)));
        }
      }
    } catch (DatabaseAway | DatabaseUnsure e) {
      call.fail(e);
    } catch (Throwable e) {
      call.fail(new DatabaseException("the database cannot be written: " + e.getMessage(), e));
    } finally {
      call.answer();
    }
  }

  /** Runs it once; false if that changed nothing, and another run may do better. */
  private boolean runOnce(Pending<?> call, int run) {
    Connection connection = connections.connection(source);
    try {
      JdbcSql sql = new JdbcSql(new PostgresSession(connection, run > 1));
      runLocked(call, sql, run > 1 ? ALONE : BESIDE_OTHERS);
      if (call.succeeded()) {
        return commit(connection, call) || run == MOST_RUNS;
      }
      rollBack(connection);
      return run == MOST_RUNS || !isPassing(sql.fault());
    } finally {
      giveBack(connection);
    }
  }

  private static void runLocked(Pending<?> call, JdbcSql sql, String lock) {
    try {
      sql.update(lock);
      call.run(sql);
    } catch (DatabaseException e) {
      call.fail(e);
    }
  }

  /**
   * Commits; false if the server rolled back.
   *
   * @throws DatabaseUnsure if it failed otherwise: it may have taken effect
   */
  private static boolean commit(Connection connection, Pending<?> call) {
    try {
      connection.commit();
      return true;
    } catch (SQLException e) {
      if (!CONFLICTS.contains(String.valueOf(e.getSQLState()))) {
        throw new DatabaseUnsure("the commit failed: " + e.getMessage(), e);
      }
      call.fail(new DatabaseException("the commit failed: " + e.getMessage(), e));
      return false;
    } catch (RuntimeException | Error e) {
      throw new DatabaseUnsure("the commit failed: " + e.getMessage(), e);
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("the server rolls back a connection that is lost: {}", e.getMessage());
    }
  }

  /** A fault that comes after the outcome does not change it. */
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("the pool drops a connection that is lost: {}", e.getMessage());
    }
  }

  private static boolean isPassing(@Nullable DatabaseException fault) {
    if (fault == null || !(fault.getCause() instanceof SQLException e)) {
      return false;
    }
    String state = String.valueOf(e.getSQLState());
    return CONFLICTS.contains(state) || state.equals(UNIQUE_VIOLATION) || PostgresSession.isLost(e);
  }
}
