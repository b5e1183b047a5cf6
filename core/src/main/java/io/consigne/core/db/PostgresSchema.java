package io.consigne.core.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Brings the schema of a PostgreSQL database up to date, one process after the other. */
final class PostgresSchema {
  /** A number that nobody else locks. */
  private static final long LOCK = 0x636f_6e73_6967_6e65L;

  /**
   * Texts are ordered by their code points, as SQLite does, whatever the language of the database:
   * pages of a listing go on where the one before ended.
   */
  private static final String ORDER_BY_CODE_POINT =
      """
      DO $$
      DECLARE
        found RECORD;
      BEGIN
        FOR found IN
          SELECT table_name, column_name FROM information_schema.columns
          WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS NULL
          ORDER BY table_name, column_name
        LOOP
          EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE TEXT COLLATE "C"',
                         found.table_name, found.column_name);
        END LOOP;
      END
      $$
      """;

  private PostgresSchema() {}

  /** Updates it by these steps, while this connection holds the others off. */
  static void update(Migrations steps, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
      try {
        steps.run();
        statement.execute(ORDER_BY_CODE_POINT);
      } finally {
        statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
      }
    }
  }
}
