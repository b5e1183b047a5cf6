package io.consigne.core.upkeep;

import io.consigne.core.db.Sql;

/** Facts in the table {@code host}. */
final class HostRows {
  private HostRows() {}

  /** Keeps a value under a name, in place of the one that is there. */
  static void put(Sql sql, String name, String value) {
    sql.update(
        """
        INSERT INTO host (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        name,
        value);
  }
}
