package io.consigne.core.db;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements within one transaction.
 *
 * <p>Arguments stand for the {@code ?} in order, one for each. They are {@code String} (without the
 * character NUL), {@code Long}, {@code Integer}, {@code Boolean}, {@code Instant} (stored as UTC
 * milliseconds), or {@code null}; an id record of {@code core.ids} is passed as its {@code
 * value()}. Anything else is an {@link IllegalArgumentException}.
 *
 * <p>A {@link UniqueViolation} leaves the transaction as it was before its statement, whichever
 * function met it. Any other statement that fails throws a {@link DatabaseException}, and the work
 * has failed with it: every later statement is refused.
 */
public interface Sql {
  /** All rows, in the statement's order. */
  <T> List<T> list(String statement, RowMapper<T> mapper, @Nullable Object... arguments);

  /** The first row, if there is one. */
  <T> Optional<T> first(String statement, RowMapper<T> mapper, @Nullable Object... arguments);

  /**
   * The first column of the only row, such as a count or the id of {@code INSERT … RETURNING}.
   *
   * @throws DatabaseException if there is no row, more than one, or no number in it
   */
  long number(String statement, @Nullable Object... arguments);

  /**
   * Changes rows and returns how many.
   *
   * @throws UniqueViolation if a row of that key exists
   */
  int update(String statement, @Nullable Object... arguments);

  /** Makes a value of the row that it is given; keeps nothing of it. */
  @FunctionalInterface
  interface RowMapper<T> {
    /** Reads the row. */
    T map(Row row);
  }
}
