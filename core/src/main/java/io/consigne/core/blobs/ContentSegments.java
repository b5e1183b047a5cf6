package io.consigne.core.blobs;

import io.consigne.core.db.Sql;
import java.time.Instant;
import java.util.List;

/** The segments of contents, and the counts that store files keep of them. */
final class ContentSegments {
  private ContentSegments() {}

  /** Makes the content of these segments; their store files are entered already. */
  static void add(Sql sql, long content, List<Segment> segments) {
    long position = 0;
    for (Segment segment : segments) {
      sql.update(
          """
          INSERT INTO content_segments (content_id, position, store_file, offset_bytes, size_bytes)
          VALUES (?, ?, ?, ?, ?)
          """,
          content,
          position++,
          segment.storeFile(),
          segment.offset(),
          segment.length());
      sql.update(
          "UPDATE store_files SET segments = segments + 1, doomed_at = NULL WHERE name = ?",
          segment.storeFile());
    }
  }

  /** The segments of a content, in order. */
  static List<Segment> of(Sql sql, long content) {
    return sql.list(
        """
        SELECT store_file, offset_bytes, size_bytes FROM content_segments
        WHERE content_id = ? ORDER BY position
        """,
        row ->
            new Segment(
                row.text("store_file"), row.number("offset_bytes"), row.number("size_bytes")),
        content);
  }

  /** Takes the content's segments away; a store file without any is doomed. */
  static void drop(Sql sql, long content, Instant now) {
    List<Segment> segments = of(sql, content);
    sql.update("DELETE FROM content_segments WHERE content_id = ?", content);
    for (Segment segment : segments) {
      sql.update(
          """
          UPDATE store_files SET segments = segments - 1, dead_bytes = dead_bytes + ?,
            doomed_at = CASE WHEN segments = 1 THEN ? END
          WHERE name = ?
          """,
          isShared(sql, segment) ? 0 : segment.length(),
          now,
          segment.storeFile());
    }
  }

  private static boolean isShared(Sql sql, Segment segment) {
    return sql.number(
            """
            SELECT COUNT(*) FROM content_segments
            WHERE store_file = ? AND offset_bytes = ? AND size_bytes = ?
            """,
            segment.storeFile(),
            segment.offset(),
            segment.length())
        > 0;
  }
}
