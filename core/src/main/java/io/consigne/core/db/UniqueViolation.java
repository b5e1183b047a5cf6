package io.consigne.core.db;

/** A row with the same key exists already. */
public final class UniqueViolation extends DatabaseException {
  private static final long serialVersionUID = 1L;

  /** Says which statement met it. */
  public UniqueViolation(String message, Throwable cause) {
    super(message, cause);
  }
}
