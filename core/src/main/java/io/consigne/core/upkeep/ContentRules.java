package io.consigne.core.upkeep;

import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.ContentId;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private static final String REFS =
      """
      SELECT c.id, 'content ' || c.id || ' counts ' || c.refs || ' files, it has ' || %1$s AS what
      FROM contents c WHERE c.id > ? AND c.id <= ? AND c.refs <> %1$s
      """
          .formatted(SHOWN);

  private static final String MISCOUNTED =
      "SELECT c.account_id, c.size_bytes, c.refs - %s AS more FROM contents c WHERE c.id = ?"
          .formatted(SHOWN);

  /** Accounts and sizes of which one content counts too many files, and another too few. */
  private static final String MIXED_UP =
      """
      SELECT account_id, size_bytes FROM (
        SELECT c.account_id, c.size_bytes, c.refs - %1$s AS more FROM contents c
        WHERE c.refs <> %1$s) AS miscounted
      GROUP BY account_id, size_bytes HAVING MIN(more) < 0 AND MAX(more) > 0
      """
          .formatted(SHOWN);

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
  private @Nullable Set<Alike> mixedUp;

  ContentRules(InstantSource clock) {
    this.clock = clock;
  }

  List<Rule> ofFiles() {
    return List.of(
        new Rule(Fault.Kind.CONTENT, CONTENT, null, AffectedFile::ofFile),
        new Rule(
            Fault.Kind.SIZE, SIZE, ContentRules::takeSize, AffectedFile::ofFile, this::whyNoSize),
        new Rule(Fault.Kind.OWNER, OWNER, null, AffectedFile::ofFile));
  }

  /**
   * What holds for contents.
   *
   * @param doubted whether a file shows what it should not: then the content that it should show
   *     counts more files than it has, and would be collected if it were counted anew
   */
  List<Rule> ofContents(boolean doubted) {
    Rule.Affected none = (sql, id) -> List.of();
    Rule.Doubt doubt = (sql, id) -> whyNoCount(sql, id, doubted);
    return List.of(
        new Rule(
            Fault.Kind.SEGMENTS,
            SEGMENTS,
            null,
            (sql, id) -> AffectedFile.of(sql, new ContentId(id))),
        new Rule(Fault.Kind.REFS, REFS, this::count, none, doubt),
        new Rule(Fault.Kind.REMOVED, REMOVED, this::count, none, doubt),
        new Rule(Fault.Kind.HASH, HASH, ContentRules::addHash));
  }

  /** Of a file it may be the content that is wrong. */
  private String whyNoSize(Sql sql, long file) {
    if (showsAnothers(sql, file)) {
      return "it shows another account's content";
    }
    return isOvercounted(sql) ? "it may mean a content that counts more files than it has" : "";
  }

  private static void takeSize(Sql sql, long file) {
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

  /**
   * A content that counts more files than it has may be that of a file which shows another. So that
   * this is seen the next time, too, the other is not counted anew either if it is of the same
   * account and size: nothing else tells of such a file.
   */
  private String whyNoCount(Sql sql, long content, boolean doubted) {
    Optional<Miscounted> found = sql.first(MISCOUNTED, Miscounted::read, content);
    if (found.isEmpty()) {
      return "";
    }
    long more = found.get().more();
    boolean mixed = more != 0 && mixedUp(sql).contains(found.get().alike());
    if (more > 0 && (doubted || mixed)) {
      return "it may be that of a file which shows another";
    }
    return more < 0 && mixed ? "a file may show it which should show another" : "";
  }

  private Set<Alike> mixedUp(Sql sql) {
    if (mixedUp == null) {
      mixedUp = new HashSet<>(sql.list(MIXED_UP, Alike::read));
    }
    return mixedUp;
  }

  private void count(Sql sql, long content) {
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

  /** What two contents have in common of which one may be taken for the other. */
  private record Alike(long account, long sizeBytes) {
    static Alike read(Row row) {
      return new Alike(row.number("account_id"), row.number("size_bytes"));
    }
  }

  /** A content that counts so many files more than it has. */
  private record Miscounted(Alike alike, long more) {
    static Miscounted read(Row row) {
      return new Miscounted(Alike.read(row), row.number("more"));
    }
  }
}
