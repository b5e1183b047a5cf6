package io.consigne.core.db;

import java.sql.SQLException;

/** A connection as {@link JdbcSql} uses it: what differs between the databases. */
interface Session {
  /** A prepared statement for this text, for the caller alone until it is given back or closed. */
  Prepared take(String statement) throws SQLException;

  /** Takes back what {@link #take} gave and what was carried out without a fault. */
  void giveBack(String statement, Prepared prepared) throws SQLException;

  /** Refuses another number of arguments than the statement has places for. */
  void refuseUnlessTaking(int arguments, Prepared prepared) throws SQLException;

  /** Whether a statement failed because a row of that key exists. */
  boolean isUniqueViolation(SQLException failure);

  /** Whether a statement failed because the disk has no room. */
  boolean isFull(SQLException failure);

  /** Whether a statement failed because the server cannot be reached any more. */
  boolean isAway(SQLException failure);

  /**
   * Brings the transaction back to where it was before the statement that just failed; false if it
   * can only be rolled back as a whole.
   */
  boolean undo() throws SQLException;
}
