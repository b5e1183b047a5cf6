package io.consigne.core.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL connection for one transaction; the driver itself keeps prepared statements.
 *
 * <p>PostgreSQL ends a transaction with its first failed statement. If the session is {@code
 * saving}, each statement has a savepoint, at the price of two more round trips.
 */
record PostgresSession(Connection connection, boolean saving) implements Session {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String DISK_FULL = "53100";
  private static final String CONNECTION_LOST = "08";
  private static final String SERVER_STOPS = "57P";

  @Override
  public Prepared take(String statement) throws SQLException {
    if (saving) {
      run("SAVEPOINT before_statement");
    }
    return new Prepared(connection.prepareStatement(statement));
  }

  @Override
  public void giveBack(String statement, Prepared prepared) throws SQLException {
    prepared.close();
    if (saving) {
      run("RELEASE SAVEPOINT before_statement");
    }
  }

  @Override
  public void refuseUnlessTaking(int arguments, Prepared prepared) {
    // The driver does so by itself.
  }

  @Override
  public boolean isUniqueViolation(SQLException failure) {
    return UNIQUE_VIOLATION.equals(failure.getSQLState());
  }

  @Override
  public boolean isFull(SQLException failure) {
    return DISK_FULL.equals(failure.getSQLState());
  }

  @Override
  public boolean isAway(SQLException failure) {
    return isLost(failure);
  }

  /** Whether the connection is gone, and with it the transaction, unless it was committing. */
  static boolean isLost(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith(CONNECTION_LOST) || state.startsWith(SERVER_STOPS);
  }

  @Override
  public boolean undo() throws SQLException {
    if (saving) {
      run("ROLLBACK TO SAVEPOINT before_statement");
    }
    return saving;
  }

  private void run(String statement) throws SQLException {
    try (Statement made = connection.createStatement()) {
      made.execute(statement);
    }
  }
}
