package io.consigne.core.db;

/** A commit failed, and nobody knows whether the database took it. */
public final class DatabaseUnsure extends DatabaseException {
  private static final long serialVersionUID = 1L;

  /** Says what was met. */
  public DatabaseUnsure(String message, Throwable cause) {
    super(message, cause);
  }
}
