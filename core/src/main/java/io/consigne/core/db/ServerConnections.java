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
 * back. What has come back within the hour is told again only once it is away for a while, so that
 * a server that comes and goes does not fill the log. Those who come right after one has waited in
 * vain need not wait as long.
 */
final class ServerConnections {
  private static final Logger LOG = LoggerFactory.getLogger(ServerConnections.class);
  private static final long AGAIN_NANOS = Duration.ofHours(1).toNanos();
  private static final long LASTS_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long NO_USE_NANOS = Duration.ofSeconds(1).toNanos();

  private final String server;
  private final String purpose;
  private final LongSupplier nanoTime;
  private @Nullable DatabaseAway away;
  private long awaySince;
  private long failedAt;
  private long toldAt;
  private boolean told;

  /** Calls it {@code server}, and says what the connections are for. */
  ServerConnections(String server, String purpose, LongSupplier nanoTime) {
    this.server = server;
    this.purpose = purpose;
    this.nanoTime = nanoTime;
    toldAt = nanoTime.getAsLong() - AGAIN_NANOS;
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
    if (away == null) {
      awaySince = now;
    }
    if (now - toldAt >= AGAIN_NANOS || (!told && now - awaySince >= LASTS_NANOS)) {
      LOG.warn("The database {} cannot be reached to {}: {}", server, purpose, cause.getMessage());
      toldAt = now;
      told = true;
    }
    failedAt = now;
    away = new DatabaseAway("the database cannot be reached: " + cause.getMessage(), why);
    return away;
  }

  private synchronized void isThere() {
    away = null;
    if (told) {
      LOG.warn("The database {} can be reached again to {}", server, purpose);
      told = false;
    }
  }
}
