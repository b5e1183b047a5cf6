package io.consigne.e2e.kill;

import io.consigne.e2e.HostDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Whether the books of a host are right. */
final class Books {
  /** What is counted, counted anew from the rows that it is counted from. */
  private static final List<String> RULES =
      List.of(
          """
          SELECT 'account ' || a.id || ' uses ' || a.used_bytes FROM accounts a
          WHERE a.used_bytes <> (SELECT COALESCE(SUM(f.size_bytes), 0) FROM files f
            WHERE f.account_id = a.id AND f.removed_at IS NULL)
          """,
          """
          SELECT 'account ' || a.id || ' counts ' || a.items || ' files and folders'
          FROM accounts a
          WHERE a.items <> (SELECT COUNT(*) FROM files f
              WHERE f.account_id = a.id AND f.removed_at IS NULL)
            + (SELECT COUNT(*) FROM folders d WHERE d.account_id = a.id AND d.id <> a.root_id)
          """,
          """
          SELECT 'content ' || c.id || ' has refs ' || c.refs FROM contents c
          WHERE c.refs <> (SELECT COUNT(*) FROM files f
            WHERE f.content_id = c.id AND f.removed_at IS NULL)
          """,
          """
          SELECT 'store file ' || f.name || ' has segments ' || f.segments FROM store_files f
          WHERE f.segments <> (SELECT COUNT(*) FROM content_segments s
            WHERE s.store_file = f.name)
          """,
          """
          SELECT 'file ' || f.id || ' has no content' FROM files f
          WHERE NOT EXISTS (SELECT 1 FROM content_segments s WHERE s.content_id = f.content_id)
          """);

  private Books() {}

  /** What does not add up in the database of a killed host. */
  static List<String> faults(Path data) {
    try (HostDatabase database = HostDatabase.copyOf(data)) {
      return RULES.stream().flatMap(rule -> database.texts(rule).stream()).toList();
    }
  }

  /** The store files that the database of a running host knows. */
  static Set<String> storeFiles(Path data) {
    try (HostDatabase database = HostDatabase.ofRunning(data)) {
      return Set.copyOf(database.texts("SELECT name FROM store_files"));
    }
  }
}
