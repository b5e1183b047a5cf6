package io.consigne.core.remote;

import io.consigne.core.db.Sql;

/** What the row of a fetch has reserved of a quota. */
final class Reservation {
  private Reservation() {}

  /** Gives back what a fetch has reserved. */
  static void release(Sql sql, long fetch) {
    sql.update(
        """
        UPDATE accounts SET reserved_bytes = reserved_bytes
          - (SELECT reserved_bytes FROM remote_fetches WHERE id = ?)
        WHERE id = (SELECT owner_id FROM remote_fetches WHERE id = ?)
        """,
        fetch,
        fetch);
    sql.update("UPDATE remote_fetches SET reserved_bytes = 0 WHERE id = ?", fetch);
  }

  /** Gives back what a fetch has reserved, but for what of its file is on disk while it waits. */
  static void keepForPartial(Sql sql, long fetch) {
    long kept =
        sql.number(
            """
            SELECT CASE WHEN partial_file IS NULL THEN 0
              WHEN partial_bytes < reserved_bytes THEN partial_bytes ELSE reserved_bytes END
            FROM remote_fetches WHERE id = ?
            """,
            fetch);
    release(sql, fetch);
    sql.update("UPDATE remote_fetches SET reserved_bytes = ? WHERE id = ?", kept, fetch);
    sql.update(
        """
        UPDATE accounts SET reserved_bytes = reserved_bytes + ?
        WHERE id = (SELECT owner_id FROM remote_fetches WHERE id = ?)
        """,
        kept,
        fetch);
  }
}
