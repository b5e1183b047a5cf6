package io.consigne.core.upkeep;

import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.ContentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a user, as an operator names it.
 *
 * @param account the e-mail of its owner
 * @param path from the owner's root, {@code /A/B/name}
 * @param link its public id
 */
public record AffectedFile(String account, String path, String link) {
  /** How far a way up is followed, as where folders are read: a damaged one may have no end. */
  private static final int DEEPEST = 250;

  private static final String FILES =
      """
      SELECT DISTINCT f.id, f.folder_id, f.name, f.link, COALESCE(a.email, 'nobody') AS email
      FROM files f LEFT JOIN accounts a ON a.id = f.account_id
      """;

  private static final String PATH =
      """
      WITH RECURSIVE up (parent_id, name, depth) AS (
        SELECT parent_id, name, 0 FROM folders WHERE id = ?
        UNION ALL
        SELECT f.parent_id, f.name, up.depth + 1
        FROM folders f JOIN up ON f.id = up.parent_id WHERE up.depth < ?
      )
      SELECT name FROM up WHERE parent_id IS NOT NULL ORDER BY depth
      """;

  /** The files whose bytes are, all or in part, in this segment; the first of them. */
  static List<AffectedFile> of(Sql sql, Segment segment) {
    return read(
        sql,
        """
        WHERE f.removed_at IS NULL AND f.content_id IN (SELECT content_id FROM content_segments
          WHERE store_file = ? AND offset_bytes = ? AND size_bytes = ?)
        """,
        segment.storeFile(),
        segment.offset(),
        segment.length());
  }

  /** The first of the files that show this content. */
  static List<AffectedFile> of(Sql sql, ContentId content) {
    return read(sql, "WHERE f.removed_at IS NULL AND f.content_id = ?", content.value());
  }

  /** The file of this number. */
  static List<AffectedFile> ofFile(Sql sql, long file) {
    return read(sql, "WHERE f.id = ?", file);
  }

  private static List<AffectedFile> read(Sql sql, String which, @Nullable Object... arguments) {
    return sql
        .list(
            FILES + which + " ORDER BY f.id LIMIT " + UpkeepLimits.FILES_NAMED,
            row ->
                new Found(
                    row.text("email"), row.number("folder_id"), row.text("name"), row.text("link")),
            arguments)
        .stream()
        .map(found ->
            new AffectedFile(found.email(), path(sql, found.folder(), found.name()), found.link()))
        .toList();
  }

  private static String path(Sql sql, long folder, String name) {
    List<String> names = sql.list(PATH, row -> row.text("name"), folder, DEEPEST);
    return (names.isEmpty() ? "" : "/" + String.join("/", names.reversed())) + "/" + name;
  }

  private record Found(String email, long folder, String name, String link) {}
}
