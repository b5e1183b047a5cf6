package io.consigne.core.db;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One call to the database: its work, and the outcome that the caller waits for. Whoever runs the
 * work may do so again until the call is answered; the last outcome counts.
 */
final class Pending<T extends @Nullable Object> {
  private final Database.Work<T> work;
  private final Semaphore answered = new Semaphore(0);
  private @Nullable T value;
  private @Nullable Throwable failure;

  Pending(Database.Work<T> work) {
    this.work = Objects.requireNonNull(work, "work");
  }

  /** Runs the work and keeps its outcome, whatever it throws. */
  @SuppressWarnings("CatchingUnchecked")
  void run(JdbcSql sql) {
    value = null;
    failure = null;
    try {
      value = work.run(sql);
      failure = sql.fault();
    } catch (Throwable e) {
      failure = e;
    } finally {
      sql.end();
    }
  }

  /** Whether the last run returned normally, and every statement of it was carried out. */
  boolean succeeded() {
    return failure == null;
  }

  /** Whether the last run met a full disk. */
  boolean foundNoRoom() {
    return failure instanceof DatabaseFull;
  }

  /** Makes this failure the outcome. */
  void fail(Throwable cause) {
    failure = cause;
  }

  /** Lets the caller go. */
  void answer() {
    answered.release();
  }

  /**
   * Waits for the answer, however often the caller is interrupted; an interruption is kept for
   * later.
   */
  @SuppressWarnings("NullAway") // value is a T whenever there is no failure
  T await() {
    answered.acquireUninterruptibly();
    if (failure != null) {
      throw Pending.<RuntimeException>unchanged(failure);
    }
    return value;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E unchanged(Throwable failure) throws E {
    throw (E) failure;
  }
}
