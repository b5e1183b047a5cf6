package io.consigne.core.testing;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseUnsure;
import io.consigne.core.db.Sql;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database whose writes are steps: their begin, each statement that changes rows, their end. */
public final class SteppedDatabase implements Database {
  private final Database inner;
  private final Steps steps;

  /** Passes on to {@code inner} what does not fail. */
  public SteppedDatabase(Database inner, Steps steps) {
    this.inner = inner;
    this.steps = steps;
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    return inner.read(work);
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    steps.database("transaction");
    T result =
        inner.write(sql -> {
          T done = work.run(new SteppedSql(sql));
          steps.database("commit");
          return done;
        });
    try {
      steps.database("committed");
    } catch (DatabaseException e) {
      throw new DatabaseUnsure("the commit failed", e);
    }
    return result;
  }

  @Override
  public void close() {
    inner.close();
  }

  private final class SteppedSql implements Sql {
    private final Sql inner;

    SteppedSql(Sql inner) {
      this.inner = inner;
    }

    @Override
    public <T> List<T> list(String statement, RowMapper<T> mapper, @Nullable Object... arguments) {
      return inner.list(statement, mapper, arguments);
    }

    @Override
    public <T> Optional<T> first(
        String statement, RowMapper<T> mapper, @Nullable Object... arguments) {
      return inner.first(statement, mapper, arguments);
    }

    @Override
    public long number(String statement, @Nullable Object... arguments) {
      if (!statement.stripLeading().startsWith("SELECT")) {
        steps.database(statement);
      }
      return inner.number(statement, arguments);
    }

    @Override
    public int update(String statement, @Nullable Object... arguments) {
      steps.database(statement);
      return inner.update(statement, arguments);
    }
  }
}
