package io.consigne.core.tree;

import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import java.util.List;

/** How folders lie within each other. */
final class Nesting {
  private static final int MAX_DEPTH = 200;

  /** How many folders one folder holds at most. */
  static final int MOST_FOLDERS = 10_000;

  /**
   * How far a way up or down is followed: further than folders can be nested, but to an end if a
   * damaged folder lies within itself.
   */
  static final int FARTHEST = 250;

  private static final String UP =
      """
      WITH RECURSIVE up (id, parent_id) AS (
        SELECT id, parent_id FROM folders WHERE id = ?
        UNION
        SELECT f.id, f.parent_id FROM folders f JOIN up ON f.id = up.parent_id
      )
      """;

  private Nesting() {}

  /**
   * Refuses to put {@code levels} levels of folders into one that lies deep already.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict}
   */
  static void checkRoom(Sql sql, FolderId parent, long levels) {
    long depth = sql.number(UP + "SELECT COUNT(*) FROM up", parent.value());
    if (depth + levels > MAX_DEPTH) {
      throw new Failure.Conflict("Folders can be nested " + MAX_DEPTH + " deep, not more")
          .asException();
    }
  }

  /**
   * Refuses a further folder in one that holds so many that a view of them would take much memory.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict}
   */
  static void checkPlace(Sql sql, FolderId parent) {
    long held = sql.number("SELECT COUNT(*) FROM folders WHERE parent_id = ?", parent.value());
    if (held >= MOST_FOLDERS) {
      throw new Failure.Conflict("A folder can hold " + MOST_FOLDERS + " folders, not more")
          .asException();
    }
  }

  /** How many levels of folders begin with this one, itself included. */
  static long levels(Sql sql, FolderId folder) {
    return sql.number(
        """
        WITH RECURSIVE below (id, level) AS (
          SELECT id, 1 FROM folders WHERE id = ?
          UNION ALL
          SELECT f.id, below.level + 1 FROM folders f JOIN below ON f.parent_id = below.id
          WHERE below.level < ?
        )
        SELECT MAX(level) FROM below
        """,
        folder.value(),
        FARTHEST);
  }

  /** Whether {@code folder} is {@code ancestor}, or lies below it. */
  static boolean isWithin(Sql sql, FolderId folder, FolderId ancestor) {
    return sql.number(UP + "SELECT COUNT(*) FROM up WHERE id = ?", folder.value(), ancestor.value())
        > 0;
  }

  /**
   * The names of the folders from {@code root}, exclusive, down to {@code folder}, with slashes.
   */
  static String path(Sql sql, FolderId root, FolderId folder) {
    List<String> names =
        sql.list(
            """
            WITH RECURSIVE up (id, parent_id, name, depth) AS (
              SELECT id, parent_id, name, 0 FROM folders WHERE id = ?
              UNION ALL
              SELECT f.id, f.parent_id, f.name, up.depth + 1
              FROM folders f JOIN up ON f.id = up.parent_id
              WHERE up.id <> ? AND up.depth < ?
            )
            SELECT name FROM up WHERE id <> ? AND parent_id IS NOT NULL ORDER BY depth DESC
            """,
            row -> row.text("name"),
            folder.value(),
            root.value(),
            FARTHEST,
            root.value());
    return String.join("/", names);
  }
}
