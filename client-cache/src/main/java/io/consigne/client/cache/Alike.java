package io.consigne.client.cache;

import io.consigne.client.model.RemoteFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Finds files that are there more than once. */
final class Alike {
  private static final String BY_CONTENT = "content ";

  /**
   * Each file is read once to find what is there twice, and only that once more. Parts of a file
   * and their manifest are no copies, even if two of them are alike: all are needed. What was moved
   * while folders were listed is told by two of them, and counts where it was told last.
   */
  private static final String COPIES =
      """
      WITH mine AS (
        SELECT max(file.rowid) AS number, size, CASE
          WHEN CHECKSUM IS NULL THEN 'name ' || size || ' ' || name
          ELSE 'content ' || size || ' ' || CHECKSUM END AS content
        FROM file JOIN folder ON folder.id = file.folder
        WHERE size > 0 AND link IS NOT NULL AND owner IS NULL
          AND NOT (folder.path GLOB '*.split'
            AND (name = 'manifest' OR name GLOB '[0-9][0-9][0-9][0-9]'))
          AND (folder.id = ? OR (folder.path > ? AND folder.path < ?))
        GROUP BY link),
      twice AS MATERIALIZED (
        SELECT number, content, count(*) OVER (PARTITION BY content) AS files FROM mine)
      SELECT file.*, folder.path, content
      FROM twice JOIN file ON file.rowid = number JOIN folder ON folder.id = file.folder
      WHERE files > 1
      ORDER BY size DESC, content, folder.path, name, link
      """;

  private Alike() {}

  /**
   * Those below a folder, the largest first.
   *
   * @param checksum the column that tells contents apart, if it is filled
   */
  static List<Copies> below(Rows rows, CachedFolder top, String checksum) throws SQLException {
    String below = top.below();
    var found = new LinkedHashMap<String, List<RemoteFile>>();
    rows.list(
        row ->
            found
                .computeIfAbsent(row.getString("content"), _ -> new ArrayList<>())
                .add(Rows.file(row)),
        COPIES.replace("CHECKSUM", checksum),
        top.id().value(),
        below,
        Known.end(below));
    return found.entrySet().stream()
        .map(entry ->
            new Copies(
                entry.getKey().startsWith(BY_CONTENT),
                entry.getValue().getFirst().sizeBytes(),
                entry.getValue()))
        .toList();
  }
}
