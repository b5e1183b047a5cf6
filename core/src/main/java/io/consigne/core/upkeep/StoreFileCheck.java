package io.consigne.core.upkeep;

import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Counts anew what the rows of store files say of their segments. */
final class StoreFileCheck {
  private static final int PAGE = 500;

  private static final String COUNTED =
      """
      SELECT f.name, f.segments, f.dead_bytes, f.size_bytes, f.doomed_at,
        (SELECT COUNT(*) FROM content_segments s WHERE s.store_file = f.name) AS counted,
        (SELECT COALESCE(SUM(%s), 0)
          FROM (SELECT DISTINCT s.offset_bytes, s.size_bytes FROM content_segments s
            WHERE s.store_file = f.name) AS d) AS living
      FROM store_files f
      """
          .formatted(Segment.recordBytes("d.size_bytes"));

  private static final String WITHOUT_ROW =
      """
      SELECT s.store_file, COUNT(*) AS counted, MAX(s.offset_bytes + %s) AS record_end
      FROM content_segments s
      WHERE s.store_file > ?
        AND NOT EXISTS (SELECT 1 FROM store_files f WHERE f.name = s.store_file)
      GROUP BY s.store_file ORDER BY s.store_file LIMIT 500
      """
          .formatted(Segment.recordBytes("s.size_bytes"));

  private final Database database;
  private final InstantSource clock;
  private final Faults faults;
  private final boolean repair;

  StoreFileCheck(Database database, InstantSource clock, Faults faults, boolean repair) {
    this.database = database;
    this.clock = clock;
    this.faults = faults;
    this.repair = repair;
  }

  /**
   * Looks at each row, and returns how many there are.
   *
   * @param misses whether contents miss bytes: none of their store files may be counted down then,
   *     since one without segments is deleted
   */
  long run(boolean misses) {
    checkMissingRows();
    long total = database.<Long>read(sql -> sql.number("SELECT COUNT(*) FROM store_files"));
    long rows = 0;
    String after = "";
    while (true) {
      faults.progress(Progress.rows("Counting segments", Math.min(rows, total), total));
      String from = after;
      List<Counted> page =
          database.read(sql ->
              sql.list(
                  COUNTED + " WHERE f.name > ? ORDER BY f.name LIMIT " + PAGE,
                  Counted::read,
                  from));
      if (page.isEmpty()) {
        return total;
      }
      page.stream().filter(row -> !row.isRight()).forEach(row -> settle(row, misses));
      rows += page.size();
      after = page.getLast().name();
    }
  }

  private void checkMissingRows() {
    String after = "";
    while (true) {
      String from = after;
      List<WithoutRow> page =
          repair
              ? database.write(sql -> addRows(sql, from))
              : database.read(sql -> withoutRow(sql, from));
      if (page.isEmpty()) {
        return;
      }
      page.forEach(each -> faults.add(each.fault(repair)));
      after = page.getLast().name();
    }
  }

  private List<WithoutRow> addRows(Sql sql, String after) {
    List<WithoutRow> missing = withoutRow(sql, after);
    for (WithoutRow each : missing) {
      sql.update(
          """
          INSERT INTO store_files (name, size_bytes, dead_bytes, segments, created_at)
          VALUES (?, ?, 0, ?, ?)
          """,
          each.name(),
          each.recordEnd(),
          each.counted(),
          clock.instant());
    }
    return missing;
  }

  private static List<WithoutRow> withoutRow(Sql sql, String after) {
    return sql.list(
        WITHOUT_ROW,
        row ->
            new WithoutRow(row.text("store_file"), row.number("counted"), row.number("record_end")),
        after);
  }

  private void settle(Counted row, boolean misses) {
    boolean done = repair && database.write(sql -> recount(sql, row.name(), misses));
    String why = misses && row.isLosing() ? "contents miss bytes, which it may have" : "";
    faults.add(
        new Fault(Fault.Kind.COUNTS, row.sentence(), done, List.of()).leftAlone(done ? "" : why));
  }

  /** Returns whether the row is right, which it is as well if it is gone. */
  private boolean recount(Sql sql, String name, boolean misses) {
    Optional<Counted> found = sql.first(COUNTED + " WHERE f.name = ?", Counted::read, name);
    if (found.isEmpty()) {
      return true;
    }
    Counted row = found.get();
    if (misses && row.isLosing()) {
      return false;
    }
    sql.update(
        """
        UPDATE store_files SET segments = ?, dead_bytes = ?,
          doomed_at = CASE WHEN ? = 0 THEN COALESCE(doomed_at, ?) END
        WHERE name = ?
        """,
        row.counted(),
        row.likelyDead(),
        row.counted(),
        clock.instant(),
        name);
    return true;
  }

  /** A store file without a row, how many segments it has, and where its last record ends. */
  private record WithoutRow(String name, long counted, long recordEnd) {
    Fault fault(boolean repaired) {
      String what = "store file " + name + " has no row, but " + counted + " segments";
      return new Fault(Fault.Kind.ROW, what, repaired, List.of());
    }
  }

  /**
   * A row, and what it should say.
   *
   * @param counted how many segments there are
   * @param living bytes of records in the store file that contents are made of
   */
  private record Counted(
      String name,
      long segments,
      long deadBytes,
      long sizeBytes,
      boolean doomed,
      long counted,
      long living) {
    static Counted read(io.consigne.core.db.Row row) {
      return new Counted(
          row.text("name"),
          row.number("segments"),
          row.number("dead_bytes"),
          row.number("size_bytes"),
          row.instantOrNull("doomed_at") != null,
          row.number("counted"),
          row.number("living"));
    }

    boolean isRight() {
      return segments == counted && doomed == (counted == 0) && deadBytes == likelyDead();
    }

    /** Whether it has fewer segments than it counts, or none, and yet is to stay. */
    boolean isLosing() {
      return counted < segments || (counted == 0 && !doomed);
    }

    /** The nearest number of dead bytes that the store file has room for. */
    long likelyDead() {
      return Math.clamp(deadBytes, 0, Math.max(0, sizeBytes - living));
    }

    String sentence() {
      return "store file %s counts %d segments and %d dead bytes%s; it has %d segments, and %d of"
              .formatted(
                  name, segments, deadBytes, doomed ? ", and is doomed" : "", counted, living)
          + " its "
          + sizeBytes
          + " bytes are alive";
    }
  }
}
