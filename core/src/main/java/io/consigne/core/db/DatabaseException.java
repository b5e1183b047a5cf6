package io.consigne.core.db;

/** The database could not do what was asked: a fault of its own, of the disk, or of a statement. */
public class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what could not be done. */
  public DatabaseException(String message) {
    super(message);
  }

  /** Says what could not be done, and why. */
  public DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
