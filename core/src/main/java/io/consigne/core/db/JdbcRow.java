package io.consigne.core.db;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The row at which a result stands. It takes a value for what the column holds and for nothing
 * else: a driver's own conversion would read a text as the number 0.
 */
final class JdbcRow implements Row {
  private final ResultSet rows;
  private final String statement;
  private final Prepared prepared;

  JdbcRow(ResultSet rows, String statement, Prepared prepared) {
    this.rows = rows;
    this.prepared = prepared;
    this.statement = statement;
  }

  @Override
  public long number(String column) {
    return present(column, numberOrNull(column));
  }

  @Override
  public @Nullable Long numberOrNull(String column) {
    return toNumber(column, value(column));
  }

  @Override
  public String text(String column) {
    return present(column, textOrNull(column));
  }

  @Override
  public @Nullable String textOrNull(String column) {
    return switch (value(column)) {
      case null -> null;
      case String text -> text;
      case Object other -> throw unfit(column, "a text", other);
    };
  }

  @Override
  public boolean flag(String column) {
    return switch (present(column, value(column))) {
      case Boolean flag -> flag;
      case Integer flag when flag == 0 || flag == 1 -> flag == 1;
      case Object other -> throw unfit(column, "a boolean", other);
    };
  }

  @Override
  public Instant instant(String column) {
    return Instant.ofEpochMilli(number(column));
  }

  @Override
  public @Nullable Instant instantOrNull(String column) {
    Long millis = numberOrNull(column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /** The number in the first column. */
  long firstNumber() throws SQLException {
    return present("1", toNumber("1", rows.getObject(1)));
  }

  private @Nullable Long toNumber(String column, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Long number -> number;
      case Integer number -> number.longValue();
      case BigDecimal sum when sum.stripTrailingZeros().scale() <= 0 -> sum.longValueExact();
      case Object other -> throw unfit(column, "a number", other);
    };
  }

  private @Nullable Object value(String column) {
    try {
      return rows.getObject(prepared.column(rows, column));
    } catch (SQLException e) {
      throw new DatabaseException("column " + column + " cannot be read: " + statement, e);
    }
  }

  private <V> V present(String column, @Nullable V value) {
    if (value == null) {
      throw new DatabaseException("column " + column + " is null: " + statement);
    }
    return value;
  }

  private DatabaseException unfit(String column, String wanted, Object found) {
    return new DatabaseException(
        "column "
            + column
            + " is not "
            + wanted
            + " but a "
            + found.getClass().getSimpleName()
            + ": "
            + statement);
  }
}
