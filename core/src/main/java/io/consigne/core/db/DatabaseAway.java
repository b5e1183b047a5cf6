package io.consigne.core.db;

/** The database server cannot be reached, and has certainly not taken what was asked of it. */
public final class DatabaseAway extends DatabaseException {
  private static final long serialVersionUID = 1L;

  /** Says what was met. */
  public DatabaseAway(String message, Throwable cause) {
    super(message, cause);
  }
}
