package io.consigne.core.uploads;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseAway;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.DatabaseStopped;
import io.consigne.core.db.DatabaseUnsure;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A database whose next commit fails on demand, with or without effect. */
final class UnsureDatabase implements Database {
  private final Database inner;
  private final AtomicReference<@Nullable Failing> next = new AtomicReference<>();

  /** What the failing commit does. */
  enum Failing {
    NOTHING_DONE,
    READ_ONLY,
    NO_ROOM,
    STOPPED,
    AWAY,
    ALL_DONE
  }

  UnsureDatabase(Database inner) {
    this.inner = inner;
  }

  /** Makes the next write fail. */
  void failNext(Failing failing) {
    next.set(failing);
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return inner.read(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    Failing failing = next.getAndSet(null);
    if (failing == Failing.NOTHING_DONE) {
      throw new DatabaseUnsure("the commit failed", new IOException("injected"));
    }
    if (failing == Failing.READ_ONLY) {
      throw new DatabaseException("cannot execute LOCK TABLE during recovery");
    }
    if (failing == Failing.NO_ROOM) {
      throw new DatabaseFull("the disk is full", new IOException("injected"));
    }
    if (failing == Failing.STOPPED) {
      throw new DatabaseStopped(new IOException("injected"));
    }
    if (failing == Failing.AWAY) {
      throw new DatabaseAway("the server is away", new IOException("injected"));
    }
    T result = inner.write(work);
    if (failing == Failing.ALL_DONE) {
      throw new DatabaseUnsure("the commit failed", new IOException("injected"));
    }
    return result;
  }

  @Override
  public void close() {
    inner.close();
  }
}
