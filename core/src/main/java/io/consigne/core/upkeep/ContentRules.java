package io.consigne.core.upkeep;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.ContentId;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What holds for contents, and for files that show them; made anew for each run. */
final class ContentRules {
  private static final String CONTENT =
      """
      SELECT f.id, 'file ' || f.link || ' (' || f.name || ') shows content ' || f.content_id
        || ', which is missing' AS what
      FROM files f WHERE f.id > ? AND f.id <= ? AND f.removed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM contents c WHERE c.id = f.content_id)
      """;

  private static final String SIZE =
      """
      SELECT f.id, 'file ' || f.link || ' (' || f.name || ') has ' || f.size_bytes
        || ' bytes, its content ' || c.size_bytes AS what
      FROM files f JOIN contents c ON c.id = f.content_id
      WHERE f.id > ? AND f.id <= ? AND f.removed_at IS NULL AND f.size_bytes <> c.size_bytes
      """;

  private static final String OWNER =
      """
      SELECT f.id, 'file ' || f.link || ' (' || f.name || ') of account ' || f.account_id
        || ' shows content ' || c.id || ' of account ' || c.account_id AS what
      FROM files f JOIN contents c ON c.id = f.content_id
        JOIN accounts a ON a.id = f.account_id
      WHERE f.id > ? AND f.id <= ? AND f.removed_at IS NULL AND f.account_id <> c.account_id
      """;

  private static final String SEGMENTS =
      """
      SELECT c.id, 'content ' || c.id || ' has ' || c.size_bytes || ' bytes, its segments '
        || (SELECT COALESCE(SUM(s.size_bytes), 0) FROM content_segments s
          WHERE s.content_id = c.id) AS what
      FROM contents c WHERE c.id > ? AND c.id <= ? AND c.refs > 0
        AND (c.size_bytes <> (SELECT COALESCE(SUM(s.size_bytes), -1) FROM content_segments s
            WHERE s.content_id = c.id)
          OR EXISTS (SELECT 1 FROM content_segments s WHERE s.content_id = c.id AND s.position > 0
            AND NOT EXISTS (SELECT 1 FROM content_segments before
              WHERE before.content_id = c.id AND before.position = s.position - 1)))
      """;

  /** How many files show a content. */
  private static final String SHOWN =
      "(SELECT COUNT(*) FROM files f WHERE f.content_id = c.id AND f.removed_at IS NULL)";

  private static final String LEFT_ALONE =
      "; it is left alone, because it may be that of a file which shows another";

  private static final String REMOVED =
      """
      SELECT c.id, 'content ' || c.id || ' counts ' || c.refs || ' files and is '
        || CASE WHEN c.removed_at IS NULL THEN 'not ' ELSE '' END || 'marked as removed' AS what
      FROM contents c
      WHERE c.id > ? AND c.id <= ? AND (c.refs = 0) <> (c.removed_at IS NOT NULL)
      """;

  private static final String HASH =
      """
      SELECT c.id, 'content ' || c.id || ' has no row for its Whirlpool' AS what
      FROM contents c WHERE c.id > ? AND c.id <= ? AND NOT EXISTS (SELECT 1 FROM content_hashes h
        WHERE h.content_id = c.id AND h.algorithm = 'whirlpool')
      """;

  private final InstantSource clock;
  private @Nullable Boolean overcounted;

  ContentRules(InstantSource clock) {
    this.clock = clock;
  }

  List<Rule> ofFiles() {
    return List.of(
        new Rule(Fault.Kind.CONTENT, CONTENT, null, AffectedFile::ofFile),
        new Rule(Fault.Kind.SIZE, SIZE, this::takeSize, AffectedFile::ofFile),
        new Rule(Fault.Kind.OWNER, OWNER, null, AffectedFile::ofFile));
  }

  /**
   * What holds for contents.
   *
   * @param doubted whether a file shows what it should not: then the content that it should show
   *     counts more files than it has, and would be collected if it were counted anew
   */
  List<Rule> ofContents(boolean doubted) {
    Rule.Repair count = (sql, id) -> count(sql, id, doubted);
    return List.of(
        new Rule(
            Fault.Kind.SEGMENTS,
            SEGMENTS,
            null,
            (sql, id) -> AffectedFile.of(sql, new ContentId(id))),
        new Rule(Fault.Kind.REFS, refs(doubted ? LEFT_ALONE : ""), count),
        new Rule(Fault.Kind.REMOVED, REMOVED, count),
        new Rule(Fault.Kind.HASH, HASH, ContentRules::addHash));
  }

  /** With words for a content that counts more files than it has. */
  private static String refs(String ofMore) {
    return """
    SELECT c.id, 'content ' || c.id || ' counts ' || c.refs || ' files, it has ' || %1$s
      || CASE WHEN c.refs > %1$s THEN '%2$s' ELSE '' END AS what
    FROM contents c WHERE c.id > ? AND c.id <= ? AND c.refs <> %1$s
    """
        .formatted(SHOWN, ofMore);
  }

  /** Leaves the file alone if it may be its content that is wrong. */
  private void takeSize(Sql sql, long file) {
    if (showsAnothers(sql, file) || isOvercounted(sql)) {
      return;
    }
    sql.update(
        """
        UPDATE accounts SET used_bytes = used_bytes
          + (SELECT c.size_bytes - f.size_bytes FROM files f JOIN contents c ON c.id = f.content_id
            WHERE f.id = ?)
        WHERE id = (SELECT account_id FROM files WHERE id = ?)
        """,
        file,
        file);
    sql.update(
        """
        UPDATE files SET size_bytes = (SELECT c.size_bytes FROM contents c
          WHERE c.id = files.content_id)
        WHERE id = ?
        """,
        file);
  }

  private static boolean showsAnothers(Sql sql, long file) {
    return sql.number(
            """
            SELECT COUNT(*) FROM files f JOIN contents c ON c.id = f.content_id
            WHERE f.id = ? AND f.account_id <> c.account_id
            """,
            file)
        > 0;
  }

  /** Whether a content counts more files than it has, and so may be what one of them meant. */
  private boolean isOvercounted(Sql sql) {
    if (overcounted == null) {
      overcounted =
          sql.first("SELECT 1 FROM contents c WHERE c.refs > " + SHOWN + " LIMIT 1", row -> true)
              .isPresent();
    }
    return overcounted;
  }

  private void count(Sql sql, long content, boolean onlyUp) {
    boolean down =
        sql.number("SELECT COUNT(*) FROM contents c WHERE c.id = ? AND c.refs > " + SHOWN, content)
            > 0;
    if (down && onlyUp) {
      return;
    }
    sql.update("UPDATE contents AS c SET refs = " + SHOWN + " WHERE c.id = ?", content);
    sql.update(
        """
        UPDATE contents SET removed_at = CASE WHEN refs = 0 THEN COALESCE(removed_at, ?) END
        WHERE id = ?
        """,
        clock.instant(),
        content);
  }

  private static void addHash(Sql sql, long content) {
    sql.update(
        "INSERT INTO content_hashes (content_id, algorithm) VALUES (?, 'whirlpool')", content);
  }
}
