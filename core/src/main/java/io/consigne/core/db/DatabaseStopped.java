package io.consigne.core.db;

/** An earlier commit failed, so that nothing is written until a restart; the log has said so. */
public final class DatabaseStopped extends DatabaseException {
  private static final long serialVersionUID = 1L;

  /** Says why, by the fault that was met then. */
  public DatabaseStopped(Throwable cause) {
    super("an earlier commit failed, nothing is written until a restart", cause);
  }
}
