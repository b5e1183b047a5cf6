package io.consigne.core.tree;

import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import java.util.List;
import java.util.Optional;

/** How folders lie within each other. */
final class Nesting {
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
    if (depth + levels > TreeLimits.DEPTH) {
      throw new Failure.Conflict("Folders can be nested " + TreeLimits.DEPTH + " deep, not more")
          .asException();
    }
  }

  /**
   * Refuses a further folder in one that holds so many that a view of them would take much memory.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict}
   */
  static void checkPlace(Sql sql, FolderId parent) {
    if (held(sql, parent) >= TreeLimits.FOLDERS_IN_A_FOLDER) {
      throw new Failure.Conflict(
              "A folder can hold " + TreeLimits.FOLDERS_IN_A_FOLDER + " folders, not more")
          .asException();
    }
  }

  /** How many folders are directly in it. */
  static long held(Sql sql, FolderId folder) {
    return sql.number("SELECT COUNT(*) FROM folders WHERE parent_id = ?", folder.value());
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

  /** The folders that one lies in, the nearest first. */
  static List<Folder> above(Sql sql, FolderId folder) {
    return sql.list(
        """
        WITH RECURSIVE up (folder, depth) AS (
          SELECT parent_id, 1 FROM folders WHERE id = ? AND parent_id IS NOT NULL
          UNION ALL
          SELECT f.parent_id, up.depth + 1 FROM folders f JOIN up ON f.id = up.folder
          WHERE f.parent_id IS NOT NULL AND up.depth < ?
        )
        """
            + "SELECT "
            + Folder.COLUMNS
            + " FROM up JOIN folders ON id = folder ORDER BY depth",
        Folder::read,
        folder.value(),
        FARTHEST);
  }

  /**
   * The folders from below {@code above} down to {@code folder}, none if they are one; empty if it
   * does not lie below it.
   */
  static Optional<List<Folder>> between(Sql sql, FolderId above, FolderId folder) {
    List<Folder> way =
        sql.list(
            """
            WITH RECURSIVE up (folder, depth) AS (
              SELECT id, 0 FROM folders WHERE id = ?
              UNION ALL
              SELECT f.parent_id, up.depth + 1 FROM folders f JOIN up ON f.id = up.folder
              WHERE f.id <> ? AND f.parent_id IS NOT NULL AND up.depth < ?
            )
            """
                + "SELECT "
                + Folder.COLUMNS
                + " FROM up JOIN folders ON id = folder ORDER BY depth DESC",
            Folder::read,
            folder.value(),
            above.value(),
            FARTHEST);
    return way.isEmpty() || !way.getFirst().id().equals(above)
        ? Optional.empty()
        : Optional.of(way.subList(1, way.size()));
  }
}
