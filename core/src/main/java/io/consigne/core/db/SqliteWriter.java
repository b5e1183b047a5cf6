package io.consigne.core.db;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a SQLite file. It commits in groups, so that calls that wait at the same time
 * share one sync. A work that fails is undone alone, and nobody is answered before the commit, also
 * not who failed, because that failure may rest on what a neighbour has not committed yet.
 */
final class SqliteWriter implements Workers.Worker {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);

  /** For how many groups of works a full disk is remembered. */
  private static final int TIGHT_GROUPS = 1000;

  private final SqliteConnection connection;
  private final Runnable written;
  private final Runnable ended;
  private @Nullable Throwable stopped;
  private int tightGroups;

  /**
   * Runs {@code written} after each group, before anybody is answered, and {@code ended} when a
   * commit failed, so that nothing will be written any more.
   */
  SqliteWriter(SqliteConnection connection, Runnable written, Runnable ended) {
    this.connection = connection;
    this.written = written;
    this.ended = ended;
  }

  @Override
  public void run(List<Pending<?>> calls, Runnable join) {
    try {
      if (stopped == null) {
        commit(calls, join);
        retryFull(calls);
      } else {
        var why = new DatabaseStopped(stopped);
        calls.forEach(call -> call.fail(why));
      }
    } catch (Throwable e) {
      stop(calls, e);
    }
    written.run();
    calls.forEach(Pending::answer);
    shortenLog();
  }

  @Override
  public void close() {
    connection.close();
  }

  /**
   * Runs the works in one transaction, also those that come before it ends: they need not wait for
   * a sync more. Most works succeed, so there are no savepoints at first: all that a large work
   * changes would be copied for its own. If one of several fails, all of them run again, each
   * within one.
   */
  private void commit(List<Pending<?>> calls, Runnable join) throws SQLException {
    if (!begin(calls)) {
      return;
    }
    if (allSucceed(calls, join)) {
      end(calls);
      return;
    }
    rollBack();
    if (calls.size() > 1) {
      commitApart(calls);
    }
  }

  /**
   * What found no room on the disk may find some in the log. For a while the log is not let grow
   * then: room that is given up is for the file, without which the log cannot begin anew.
   */
  private void retryFull(List<Pending<?>> calls) throws SQLException {
    List<Pending<?>> full = calls.stream().filter(Pending::foundNoRoom).toList();
    if (!full.isEmpty()) {
      tightGroups = TIGHT_GROUPS;
    }
    if (tightGroups == 0) {
      return;
    }
    tightGroups--;
    if (connection.reuseLog() && !full.isEmpty()) {
      commit(full, () -> {});
    }
  }

  /** Nobody waits for it but those who come meanwhile; what cannot be copied stays in the log. */
  private void shortenLog() {
    try {
      if (stopped == null && connection.isLogLong() && !connection.reuseLog()) {
        LOG.debug("the log cannot be copied into the file, and grows");
      }
    } catch (SQLException e) {
      LOG.debug("the length of the log is not known: {}", e.getMessage());
    }
  }

  private boolean allSucceed(List<Pending<?>> calls, Runnable join) {
    for (int done = 0; done < calls.size(); done++) {
      Pending<?> call = calls.get(done);
      call.run(new JdbcSql(connection));
      if (!call.succeeded()) {
        return false;
      }
      join.run();
    }
    return true;
  }

  /** Undoes the works that fail; if one of them loses the transaction, each runs in one alone. */
  private void commitApart(List<Pending<?>> calls) throws SQLException {
    if (!begin(calls)) {
      return;
    }
    for (Pending<?> call : calls) {
      if (!runWithinSavepoint(call)) {
        rollBack();
        for (Pending<?> alone : calls) {
          commit(List.of(alone), () -> {});
        }
        return;
      }
    }
    end(calls);
  }

  private void end(List<Pending<?>> calls) throws SQLException {
    try {
      connection.run("COMMIT");
    } catch (SQLException e) {
      if (!connection.isFull(e)) {
        throw e;
      }
      rollBack();
      calls.forEach(call -> call.fail(new DatabaseFull("the disk is full: " + e.getMessage(), e)));
    }
  }

  private boolean begin(List<Pending<?>> calls) {
    try {
      connection.run("BEGIN IMMEDIATE");
      return true;
    } catch (SQLException e) {
      failAll(calls, new DatabaseException("no transaction could be begun: " + e.getMessage(), e));
      return false;
    }
  }

  /** False if the transaction is gone: some faults, a full disk for one, roll all of it back. */
  private boolean runWithinSavepoint(Pending<?> call) {
    try {
      connection.run("SAVEPOINT work");
      call.run(new JdbcSql(connection));
      if (!call.succeeded()) {
        connection.run("ROLLBACK TO work");
      }
      connection.run("RELEASE work");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private void rollBack() {
    try {
      connection.run("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("nothing to roll back: {}", e.getMessage());
    }
  }

  private void stop(List<Pending<?>> calls, Throwable cause) {
    LOG.error("a commit failed, nothing is written until a restart", cause);
    stopped = cause;
    rollBack();
    failAll(calls, new DatabaseUnsure("the commit failed: " + cause.getMessage(), cause));
    ended.run();
  }

  private static void failAll(List<Pending<?>> calls, DatabaseException why) {
    calls.forEach(call -> call.fail(why));
  }
}
