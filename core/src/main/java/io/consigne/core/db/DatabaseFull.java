package io.consigne.core.db;

/** There is no room on the disk for what was to be written; nothing of it was. */
public final class DatabaseFull extends DatabaseException {
  private static final long serialVersionUID = 1L;

  /** Says which statement met it. */
  public DatabaseFull(String message, Throwable cause) {
    super(message, cause);
  }
}
