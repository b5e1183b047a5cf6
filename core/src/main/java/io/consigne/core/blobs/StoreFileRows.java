package io.consigne.core.blobs;

import io.consigne.core.db.Sql;
import java.time.Instant;

/** The database's rows of store files: their sizes, and the counts of what points to them. */
final class StoreFileRows {
  private StoreFileRows() {}

  /**
   * Enters a store file of this size, to which {@code segments} point; one that is entered already
   * has grown to that size, or beyond, and gets so many more.
   */
  static void add(Sql sql, String name, long sizeBytes, int segments, Instant now) {
    sql.update(
        """
        INSERT INTO store_files (name, size_bytes, dead_bytes, segments, created_at)
        VALUES (?, ?, 0, ?, ?)
        ON CONFLICT (name) DO UPDATE SET segments = store_files.segments + excluded.segments,
          doomed_at = NULL,
          size_bytes = CASE WHEN excluded.size_bytes > store_files.size_bytes
            THEN excluded.size_bytes ELSE store_files.size_bytes END
        """,
        name,
        sizeBytes,
        segments,
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

  /**
   * Counts a record that no content was made of. Its store file is entered, and doomed, if it is
   * not known, so that it is deleted some time.
   */
  static void addDead(Sql sql, Segment record, Instant now) {
    sql.update(
        """
        INSERT INTO store_files (name, size_bytes, dead_bytes, segments, created_at, doomed_at)
        VALUES (?, ?, ?, 0, ?, ?)
        ON CONFLICT (name) DO UPDATE SET dead_bytes = store_files.dead_bytes + excluded.dead_bytes,
          size_bytes = CASE WHEN excluded.size_bytes > store_files.size_bytes
            THEN excluded.size_bytes ELSE store_files.size_bytes END
        """,
        record.storeFile(),
        record.recordEnd(),
        record.recordBytes(),
        now,
        now);
  }
}
