package io.consigne.core.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one run of one work. After a statement failed, other than by a unique violation,
 * every further one is refused: what the transaction holds is no longer what the work believes.
 */
final class JdbcSql implements Sql {
  private final Session session;
  private @Nullable DatabaseException fault;
  private boolean ended;

  JdbcSql(Session session) {
    this.session = session;
  }

  @Override
  public <T> List<T> list(String statement, RowMapper<T> mapper, @Nullable Object... arguments) {
    return execute(
        statement,
        arguments,
        prepared -> {
          try (ResultSet rows = prepared.statement().executeQuery()) {
            JdbcRow row = new JdbcRow(rows, statement, prepared);
            List<T> values = new ArrayList<>();
            while (rows.next()) {
              values.add(mapper.map(row));
            }
            return values;
          }
        });
  }

  @Override
  public <T> Optional<T> first(
      String statement, RowMapper<T> mapper, @Nullable Object... arguments) {
    return execute(
        statement,
        arguments,
        prepared -> {
          try (ResultSet rows = prepared.statement().executeQuery()) {
            return rows.next()
                ? Optional.of(mapper.map(new JdbcRow(rows, statement, prepared)))
                : Optional.empty();
          }
        });
  }

  @Override
  public long number(String statement, @Nullable Object... arguments) {
    return execute(
        statement,
        arguments,
        prepared -> {
          try (ResultSet rows = prepared.statement().executeQuery()) {
            if (!rows.next()) {
              throw new DatabaseException("expected one row, found none: " + statement);
            }
            long number = new JdbcRow(rows, statement, prepared).firstNumber();
            if (rows.next()) {
              throw new DatabaseException("expected one row, found several: " + statement);
            }
            return number;
          }
        });
  }

  @Override
  public int update(String statement, @Nullable Object... arguments) {
    return execute(statement, arguments, prepared -> prepared.statement().executeUpdate());
  }

  /** Why the transaction cannot go on, or null. */
  @Nullable DatabaseException fault() {
    return fault;
  }

  /** Refuses every further statement: the run of the work is over. */
  void end() {
    ended = true;
  }

  private <R> R execute(String statement, @Nullable Object[] arguments, Execution<R> execution) {
    refuse(statement);
    try {
      Prepared prepared = session.take(statement);
      boolean done = false;
      try {
        session.refuseUnlessTaking(arguments.length, prepared);
        bind(prepared.statement(), arguments);
        R result = execution.run(prepared);
        done = true;
        return result;
      } finally {
        if (done) {
          session.giveBack(statement, prepared);
        } else {
          prepared.close();
        }
      }
    } catch (SQLException e) {
      throw translated(e, statement);
    }
  }

  private void refuse(String statement) {
    if (ended) {
      throw new IllegalStateException("the work that this belongs to has returned: " + statement);
    }
    if (statement.startsWith("ROLLBACK") || statement.startsWith("COMMIT")) {
      throw new IllegalArgumentException("a work may not end its transaction: " + statement);
    }
    if (fault != null) {
      throw new DatabaseException("an earlier statement of this work failed: " + statement, fault);
    }
  }

  private DatabaseException translated(SQLException e, String statement) {
    String message = e.getMessage() + ": " + statement;
    if (!session.isUniqueViolation(e)) {
      fault = fault(e, message);
      return fault;
    }
    UniqueViolation violation = new UniqueViolation(message, e);
    if (!isUndone(violation)) {
      fault = violation;
    }
    return violation;
  }

  private DatabaseException fault(SQLException e, String message) {
    if (session.isFull(e)) {
      return new DatabaseFull(message, e);
    }
    return session.isAway(e) ? new DatabaseAway(message, e) : new DatabaseException(message, e);
  }

  private boolean isUndone(UniqueViolation violation) {
    try {
      return session.undo();
    } catch (SQLException e) {
      violation.addSuppressed(e);
      return false;
    }
  }

  private static void bind(PreparedStatement prepared, @Nullable Object[] arguments)
      throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      bind(prepared, i + 1, arguments[i]);
    }
  }

  private static void bind(PreparedStatement prepared, int position, @Nullable Object argument)
      throws SQLException {
    switch (argument) {
      case null -> prepared.setNull(position, Types.NULL);
      case String text -> prepared.setString(position, storable(text, position));
      case Long number -> prepared.setLong(position, number);
      case Integer number -> prepared.setLong(position, number);
      case Boolean flag -> prepared.setBoolean(position, flag);
      case Instant instant -> prepared.setLong(position, instant.toEpochMilli());
      default ->
          throw new IllegalArgumentException(
              "argument "
                  + position
                  + " is of no type that a statement takes: "
                  + argument.getClass().getName());
    }
  }

  /** PostgreSQL cannot store the character NUL, and SQLite would cut a text there now and then. */
  private static String storable(String text, int position) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("argument " + position + " holds the character NUL");
    }
    return Objects.requireNonNull(text);
  }

  private interface Execution<R> {
    R run(Prepared prepared) throws SQLException;
  }
}
