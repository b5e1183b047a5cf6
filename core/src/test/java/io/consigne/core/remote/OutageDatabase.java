package io.consigne.core.remote;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A database that is out of reach for as long as a test says. */
final class OutageDatabase implements Database {
  private final Database inner;
  private volatile boolean out;

  OutageDatabase(Database inner) {
    this.inner = inner;
  }

  void setOut(boolean isOut) {
    out = isOut;
  }

  private void require() {
    if (out) {
      throw new DatabaseException("the database is out of reach");
    }
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    require();
    return inner.read(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    require();
    return inner.write(work);
  }

  @Override
  public OptionalLong state() {
    return inner.state();
  }

  @Override
  public void close() {
    inner.close();
  }
}
