package io.consigne.core.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A prepared statement, with what it costs a call of the driver to ask it for each time. Used by
 * one thread at a time.
 */
final class Prepared {
  private final PreparedStatement statement;
  private final Map<String, Integer> columns = new HashMap<>();
  private int places = -1;

  Prepared(PreparedStatement statement) {
    this.statement = statement;
  }

  /** What runs it. */
  PreparedStatement statement() {
    return statement;
  }

  /** How many arguments it has places for. */
  int places() throws SQLException {
    if (places < 0) {
      places = statement.getParameterMetaData().getParameterCount();
    }
    return places;
  }

  /** At which position of its rows the column stands. */
  int column(ResultSet rows, String name) throws SQLException {
    Integer known = columns.get(name);
    if (known == null) {
      known = rows.findColumn(name);
      columns.put(name, known);
    }
    return known;
  }

  void close() throws SQLException {
    statement.close();
  }
}
