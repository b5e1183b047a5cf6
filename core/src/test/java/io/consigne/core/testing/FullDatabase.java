package io.consigne.core.testing;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import org.jspecify.annotations.Nullable;

/** A database whose disk is full at times, or broken: then nothing is written. */
public final class FullDatabase implements Database {
  private final Database inner;
  private volatile boolean full;
  private volatile boolean broken;

  /** Has room for now. */
  public FullDatabase(Database inner) {
    this.inner = inner;
  }

  /** Whether there is no room from now on. */
  public void full(boolean none) {
    full = none;
  }

  /** Whether each write fails from now on, for another reason. */
  public void broken(boolean always) {
    broken = always;
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return inner.read(work);
  }

  @Override
  public synchronized <T extends @Nullable Object> T write(Work<T> work) {
    if (full) {
      throw new DatabaseFull("the disk is full", new IllegalStateException());
    }
    if (broken) {
      throw new DatabaseException("the commit failed");
    }
    return inner.write(work);
  }

  @Override
  public void close() {
    inner.close();
  }
}
