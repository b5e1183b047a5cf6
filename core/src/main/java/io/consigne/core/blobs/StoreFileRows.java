package io.consigne.core.blobs;

import io.consigne.core.db.Sql;
import java.time.Instant;

/** The database's rows of store files: their sizes, and the counts of what points to them. */
final class StoreFileRows {
  private StoreFileRows() {}

  /** Enters a store file of this size; one that is entered already has grown to it, or beyond. */
  static void add(Sql sql, String name, long sizeBytes, Instant now) {
    sql.update(
        """
        INSERT INTO store_files (name, size_bytes, dead_bytes, segments, created_at)
        VALUES (?, ?, 0, 0, ?)
        ON CONFLICT (name) DO UPDATE SET size_bytes =
          CASE WHEN excluded.size_bytes > store_files.size_bytes THEN excluded.size_bytes
            ELSE store_files.size_bytes END
        """,
        name,
        sizeBytes,
        now);
  }

  /** Counts {@code segments} more that point to an entered store file. */
  static void gain(Sql sql, String name, int segments) {
    sql.update(
        "UPDATE store_files SET segments = segments + ?, doomed_at = NULL WHERE name = ?",
        segments,
        name);
  }

  /**
   * Counts {@code segments} less, and {@code deadBytes} of records that none points to any more; a
   * store file without any segment is doomed.
   */
  static void lose(Sql sql, String name, int segments, long deadBytes, Instant now) {
    sql.update(
        """
        UPDATE store_files SET segments = segments - ?, dead_bytes = dead_bytes + ?,
          doomed_at = CASE WHEN segments = ? THEN ? END
        WHERE name = ?
        """,
        segments,
        deadBytes,
        segments,
        now,
        name);
  }

  /** Counts bytes of records that no content was made of; an unknown store file is passed over. */
  static void addDead(Sql sql, String name, long bytes) {
    sql.update("UPDATE store_files SET dead_bytes = dead_bytes + ? WHERE name = ?", bytes, name);
  }

  /**
   * Counts a record that no content was made of; the store file has grown to its end, or beyond. An
   * unknown store file is passed over.
   */
  static void addDead(Sql sql, Segment record) {
    sql.update(
        """
        UPDATE store_files SET dead_bytes = dead_bytes + ?,
          size_bytes = CASE WHEN size_bytes < ? THEN ? ELSE size_bytes END
        WHERE name = ?
        """,
        record.recordBytes(),
        record.recordEnd(),
        record.recordEnd(),
        record.storeFile());
  }
}
