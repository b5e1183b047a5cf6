package io.consigne.core.db;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of calls into a database: so many at once, the others wait in order; none from within a
 * work of the same database, which would wait for itself.
 */
final class Lane {
  private final ScopedValue<Boolean> working;
  private final int places;
  private final Semaphore free;
  private final Consumer<Pending<?>> runner;
  private volatile boolean closed;

  /**
   * Calls of lanes with the same {@code working} refuse each other's works. The runner answers each
   * call that it is given; it may return before.
   */
  Lane(ScopedValue<Boolean> working, int places, Consumer<Pending<?>> runner) {
    this.working = working;
    this.places = places;
    this.free = new Semaphore(places, true);
    this.runner = runner;
  }

  <T extends @Nullable Object> T call(Database.Work<T> work) {
    refuseFromWithin();
    refuseIfClosed();
    free.acquireUninterruptibly();
    try {
      refuseIfClosed();
      Pending<T> pending =
          new Pending<>(sql -> ScopedValue.where(working, true).call(() -> work.run(sql)));
      runner.accept(pending);
      return pending.await();
    } finally {
      free.release();
    }
  }

  /** Refuses new calls, and waits until those that were let in are answered. */
  void close() {
    refuseFromWithin();
    closed = true;
    free.acquireUninterruptibly(places);
    free.release(places);
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new DatabaseException("the database is closed");
    }
  }

  private void refuseFromWithin() {
    if (working.isBound()) {
      throw new IllegalStateException("a work may not call the database that runs it");
    }
  }
}
