package io.consigne.core.uploads;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Counts everything anew from the rows that it is counted from. */
public final class Ledger {
  private static final List<String> RULES =
      List.of(
          """
          SELECT 'account ' || a.id || ' uses ' || a.used_bytes AS fault FROM accounts a
          WHERE a.used_bytes <> (SELECT COALESCE(SUM(f.size_bytes), 0) FROM files f
            WHERE f.account_id = a.id AND f.removed_at IS NULL)
          """,
          """
          SELECT 'account ' || a.id || ' counts ' || a.items || ' files and folders' AS fault
          FROM accounts a
          WHERE a.items <> (SELECT COUNT(*) FROM files f
              WHERE f.account_id = a.id AND f.removed_at IS NULL)
            + (SELECT COUNT(*) FROM folders d WHERE d.account_id = a.id AND d.id <> a.root_id)
          """,
          """
          SELECT 'content ' || c.id || ' has refs ' || c.refs AS fault FROM contents c
          WHERE c.refs <> (SELECT COUNT(*) FROM files f
            WHERE f.content_id = c.id AND f.removed_at IS NULL)
          """,
          """
          SELECT 'content ' || id || ' is wrongly removed or not' AS fault FROM contents
          WHERE (refs = 0) <> (removed_at IS NOT NULL)
          """,
          """
          SELECT 'file ' || f.id || ' is not like its content' AS fault
          FROM files f JOIN contents c ON c.id = f.content_id
          WHERE f.account_id <> c.account_id OR f.size_bytes <> c.size_bytes
          """,
          """
          SELECT 'content ' || c.id || ' has not the size of its segments' AS fault
          FROM contents c WHERE c.size_bytes <> (SELECT COALESCE(SUM(s.size_bytes), -1)
            FROM content_segments s WHERE s.content_id = c.id)
          """,
          """
          SELECT 'content ' || c.id || ' is there twice' AS fault FROM contents c
          WHERE EXISTS (SELECT 1 FROM contents o WHERE o.account_id = c.account_id
            AND o.sha256 = c.sha256 AND o.size_bytes = c.size_bytes AND o.id <> c.id)
          """,
          """
          SELECT 'content ' || c.id || ' has no hash' AS fault FROM contents c
          WHERE NOT EXISTS (SELECT 1 FROM content_hashes h WHERE h.content_id = c.id)
          """,
          """
          SELECT 'store file ' || f.name || ' has segments ' || f.segments AS fault
          FROM store_files f WHERE f.segments <> (SELECT COUNT(*) FROM content_segments s
            WHERE s.store_file = f.name)
          """,
          """
          SELECT 'store file ' || name || ' is wrongly doomed or not' AS fault FROM store_files
          WHERE (segments = 0) <> (doomed_at IS NOT NULL) OR dead_bytes < 0
          """);

  private Ledger() {}

  /** What does not add up in the database. */
  public static List<String> faults(Database database) {
    return database.read(Ledger::faults);
  }

  /** What does not add up between the database and the store, when nothing is on its way. */
  public static List<String> faults(Database database, Blobs blobs) {
    var faults = new ArrayList<>(faults(database));
    var rows = new TreeSet<String>(database.read(Ledger::storeFiles));
    var visible = new TreeSet<String>();
    blobs.forEach((name, size) -> visible.add(name));
    if (!visible.equals(rows)) {
      faults.add("the store has " + visible + ", the database " + rows);
    }
    return faults;
  }

  private static List<String> faults(Sql sql) {
    return RULES.stream()
        .flatMap(rule -> sql.list(rule, row -> row.text("fault")).stream())
        .toList();
  }

  private static List<String> storeFiles(Sql sql) {
    return sql.list("SELECT name FROM store_files", row -> row.text("name"));
  }
}
