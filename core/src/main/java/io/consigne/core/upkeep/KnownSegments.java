package io.consigne.core.upkeep;

import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The segments that contents are made of, each once, store file by store file in the order of their
 * names. Memory holds one page, or the segments of one store file.
 */
final class KnownSegments {
  private static final int PAGE = 1000;

  private static final String SELECT =
      "SELECT DISTINCT store_file, offset_bytes, size_bytes FROM content_segments WHERE ";
  private static final String ORDER = " ORDER BY store_file, offset_bytes, size_bytes";

  private final Database database;
  private final Deque<List<Segment>> read = new ArrayDeque<>();
  private String from;

  /** Begins with the store file {@code from}, or the next one after it. */
  KnownSegments(Database database, String from) {
    this.database = database;
    this.from = from;
  }

  /** The segments of the next store file, in their order; empty when there are no more. */
  List<Segment> next() {
    if (read.isEmpty()) {
      database.<List<List<Segment>>>read(this::page).forEach(read::add);
      if (!read.isEmpty()) {
        from = read.getLast().getLast().storeFile() + "+";
      }
    }
    return read.isEmpty() ? List.of() : read.remove();
  }

  /** How many bytes all segments of the database have, from a store file on. */
  static long bytes(Database database, String from) {
    return database.read(sql ->
        sql.number(
            """
            SELECT COALESCE(SUM(size_bytes), 0) FROM (
              SELECT MAX(size_bytes) AS size_bytes FROM content_segments
              WHERE store_file >= ? GROUP BY store_file, offset_bytes) AS known
            """,
            from));
  }

  private List<List<Segment>> page(Sql sql) {
    List<Segment> rows =
        sql.list(SELECT + "store_file >= ?" + ORDER + " LIMIT " + PAGE, KnownSegments::row, from);
    List<List<Segment>> byFile = new ArrayList<>();
    for (Segment row : rows) {
      if (byFile.isEmpty() || !byFile.getLast().getLast().storeFile().equals(row.storeFile())) {
        byFile.add(new ArrayList<>());
      }
      byFile.getLast().add(row);
    }
    if (rows.size() == PAGE) {
      List<Segment> cut = byFile.removeLast();
      if (byFile.isEmpty()) {
        byFile.add(of(sql, cut.getFirst().storeFile()));
      }
    }
    return byFile;
  }

  private static List<Segment> of(Sql sql, String storeFile) {
    return sql.list(SELECT + "store_file = ?" + ORDER, KnownSegments::row, storeFile);
  }

  private static Segment row(Row row) {
    return new Segment(
        row.text("store_file"), row.number("offset_bytes"), row.number("size_bytes"));
  }
}
