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
      insert(sql, content, position++, segment);
      StoreFileRows.gain(sql, segment.storeFile(), 1);
    }
  }

  /** Makes the content of one segment more, which its store file has counted. */
  static void insert(Sql sql, long content, long position, Segment segment) {
    sql.update(
        """
        INSERT INTO content_segments (content_id, position, store_file, offset_bytes, size_bytes)
        VALUES (?, ?, ?, ?, ?)
        """,
        content,
        position,
        segment.storeFile(),
        segment.offset(),
        segment.length());
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

  /** The segments of a store file that contents are made of, behind a place, in order. */
  static List<Segment> living(Sql sql, String storeFile, long after, int most) {
    return sql.list(
        """
        SELECT DISTINCT offset_bytes, size_bytes FROM content_segments
        WHERE store_file = ? AND offset_bytes > ? ORDER BY offset_bytes LIMIT ?
        """,
        row -> new Segment(storeFile, row.number("offset_bytes"), row.number("size_bytes")),
        storeFile,
        after,
        most);
  }

  /**
   * Makes all contents that are made of {@code from} be made of {@code copy}, in a pack; returns
   * how many there were.
   */
  static int repoint(Sql sql, Segment from, Segment copy, Instant now) {
    if (count(sql, from) == 0) {
      StoreFileRows.addDead(sql, copy, now);
      return 0;
    }
    StoreFileRows.add(sql, copy.storeFile(), copy.recordEnd(), 0, now);
    int moved =
        sql.update(
            """
            UPDATE content_segments SET store_file = ?, offset_bytes = ?
            WHERE store_file = ? AND offset_bytes = ? AND size_bytes = ?
            """,
            copy.storeFile(),
            copy.offset(),
            from.storeFile(),
            from.offset(),
            from.length());
    StoreFileRows.gain(sql, copy.storeFile(), moved);
    StoreFileRows.lose(sql, from.storeFile(), moved, from.recordBytes(), now);
    return moved;
  }

  /** Where the last record ends that a content is made of; 0 if there is none. */
  static long endOfLast(Sql sql, String storeFile) {
    return sql.first(
            """
            SELECT offset_bytes, size_bytes FROM content_segments
            WHERE store_file = ? ORDER BY offset_bytes DESC LIMIT 1
            """,
            row ->
                new Segment(storeFile, row.number("offset_bytes"), row.number("size_bytes"))
                    .recordEnd(),
            storeFile)
        .orElse(0L);
  }

  /** Takes the content's segments away; a store file without any is doomed. */
  static void drop(Sql sql, long content, Instant now) {
    List<Segment> segments = of(sql, content);
    sql.update("DELETE FROM content_segments WHERE content_id = ?", content);
    for (Segment segment : segments) {
      long deadBytes = count(sql, segment) > 0 ? 0 : segment.recordBytes();
      StoreFileRows.lose(sql, segment.storeFile(), 1, deadBytes, now);
    }
  }

  private static long count(Sql sql, Segment segment) {
    return sql.number(
        """
        SELECT COUNT(*) FROM content_segments
        WHERE store_file = ? AND offset_bytes = ? AND size_bytes = ?
        """,
        segment.storeFile(),
        segment.offset(),
        segment.length());
  }
}
