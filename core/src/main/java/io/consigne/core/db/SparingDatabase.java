package io.consigne.core.db;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A database that gives up spare room when the disk is full, and tries once more. */
final class SparingDatabase implements Database {
  private final Database inner;
  private final SpareRoom spare;

  SparingDatabase(Database inner, SpareRoom spare) {
    this.inner = inner;
    this.spare = spare;
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return inner.read(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    int before = spare.timesGivenUp();
    T result;
    try {
      result = inner.write(work);
    } catch (DatabaseFull e) {
      if (!spare.giveUp(before)) {
        throw e;
      }
      return inner.write(work);
    }
    spare.takeAgain();
    return result;
  }

  @Override
  public OptionalLong state() {
    return inner.state();
  }

  @Override
  public long mark() {
    return inner.mark();
  }

  @Override
  public boolean isDecided(long mark) {
    return inner.isDecided(mark);
  }

  @Override
  public List<String> damage() {
    return inner.damage();
  }

  @Override
  public List<String> dangling() {
    return inner.dangling();
  }

  @Override
  public void close() {
    inner.close();
  }
}
