package io.consigne.core.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of a server that may be out of reach: the log says so, once an hour, and that it is
 * back. Those who come right after one has waited in vain need not wait as long.
 */
final class Reach {
  private static final Logger LOG = LoggerFactory.getLogger(Reach.class);
  private static final long AGAIN_NANOS = Duration.ofHours(1).toNanos();
  private static final long NO_USE_NANOS = Duration.ofSeconds(1).toNanos();

  private final String server;
  private final LongSupplier nanoTime;
  private @Nullable DatabaseAway away;
  private long failedAt;
  private long toldAt;

  /** Calls it {@code server}. */
  Reach(String server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
  }

  /**
   * A connection of this pool.
   *
   * @throws DatabaseAway if there is none to be had
   */
  Connection connection(DataSource pool) {
    refuseAtOnce();
    try {
      Connection connection = pool.getConnection();
      isThere();
      return connection;
    } catch (SQLException e) {
      throw isAway(e);
    }
  }

  private synchronized void refuseAtOnce() {
    if (away != null && nanoTime.getAsLong() - failedAt < NO_USE_NANOS) {
      throw away;
    }
  }

  private synchronized DatabaseAway isAway(SQLException why) {
    long now = nanoTime.getAsLong();
    Throwable cause = why.getCause() == null ? why : why.getCause();
    if (away == null || now - toldAt >= AGAIN_NANOS) {
      LOG.warn("The database {} cannot be reached: {}", server, cause.getMessage());
      toldAt = now;
    }
    failedAt = now;
    away = new DatabaseAway("the database cannot be reached: " + cause.getMessage(), why);
    return away;
  }

  private synchronized void isThere() {
    if (away != null) {
      LOG.warn("The database {} can be reached again", server);
      away = null;
    }
  }
}
