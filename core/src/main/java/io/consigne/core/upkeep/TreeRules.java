package io.consigne.core.upkeep;

import io.consigne.core.db.Sql;
import java.time.InstantSource;
import java.util.List;

/** What holds for accounts, folders and the places of files. */
final class TreeRules {
  private static final String ROOT =
      """
      SELECT a.id, 'account ' || a.email || ' has no root folder ' || a.root_id AS what
      FROM accounts a WHERE a.id > ? AND a.id <= ? AND NOT EXISTS (SELECT 1 FROM folders d
        WHERE d.id = a.root_id AND d.account_id = a.id AND d.parent_id IS NULL)
      """;

  private static final String FOLDER =
      """
      SELECT d.id, 'folder ' || d.id || ' (' || d.name || ') of ' || a.email || ' lies in '
        || COALESCE('folder ' || d.parent_id, 'no folder') AS what
      FROM folders d JOIN accounts a ON a.id = d.account_id
      WHERE d.id > ? AND d.id <= ? AND d.id <> a.root_id AND NOT EXISTS (SELECT 1 FROM folders p
        WHERE p.id = d.parent_id AND p.account_id = d.account_id)
      """;

  /** The way up from each folder, until it ends or comes back to where it began. */
  private static final String CYCLE =
      """
      WITH RECURSIVE up (id, at, steps) AS (
        SELECT id, parent_id, 1 FROM folders WHERE id > ? AND id <= ? AND parent_id IS NOT NULL
        UNION ALL
        SELECT up.id, f.parent_id, up.steps + 1 FROM up JOIN folders f ON f.id = up.at
        WHERE up.at <> up.id AND up.steps < 1000 AND f.parent_id IS NOT NULL
      )
      SELECT d.id, 'folder ' || d.id || ' (' || d.name || ') lies within itself' AS what
      FROM folders d WHERE d.id IN (SELECT id FROM up WHERE at = id)
        AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = d.account_id)
      """;

  private static final String FOLDER_OF_NOBODY =
      """
      SELECT d.id, 'folder ' || d.id || ' (' || d.name || ') is of account ' || d.account_id
        || ', which is missing' AS what
      FROM folders d WHERE d.id > ? AND d.id <= ?
        AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = d.account_id)
      """;

  private static final String FILE_OF_NOBODY =
      """
      SELECT f.id, 'file ' || f.link || ' (' || f.name || ') is of account ' || f.account_id
        || ', which is missing' AS what
      FROM files f WHERE f.id > ? AND f.id <= ? AND f.removed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = f.account_id)
      """;

  private static final String FILE =
      """
      SELECT f.id, 'file ' || f.link || ' (' || f.name || ') of ' || a.email || ' lies in folder '
        || f.folder_id AS what
      FROM files f JOIN accounts a ON a.id = f.account_id
      WHERE f.id > ? AND f.id <= ? AND f.removed_at IS NULL AND NOT EXISTS (SELECT 1 FROM folders d
        WHERE d.id = f.folder_id AND d.account_id = f.account_id)
      """;

  private static final String USED =
      """
      SELECT a.id, 'account ' || a.email || ' uses ' || a.used_bytes || ' bytes, its files have '
        || (SELECT COALESCE(SUM(f.size_bytes), 0) FROM files f
          WHERE f.account_id = a.id AND f.removed_at IS NULL) AS what
      FROM accounts a WHERE a.id > ? AND a.id <= ?
        AND a.used_bytes <> (SELECT COALESCE(SUM(f.size_bytes), 0) FROM files f
          WHERE f.account_id = a.id AND f.removed_at IS NULL)
      """;

  /** How many files and folders an account has. */
  private static final String COUNTED =
      """
      (SELECT COUNT(*) FROM files f WHERE f.account_id = a.id AND f.removed_at IS NULL)
        + (SELECT COUNT(*) FROM folders d WHERE d.account_id = a.id AND d.id <> a.root_id)
      """;

  private static final String ITEMS =
      """
      SELECT a.id, 'account ' || a.email || ' counts ' || a.items || ' files and folders, it has '
        || (%s) AS what
      FROM accounts a WHERE a.id > ? AND a.id <= ? AND a.items <> (%s)
      """
          .formatted(COUNTED, COUNTED);

  private static final String RESERVED =
      """
      SELECT a.id, 'account ' || a.email || ' has ' || a.reserved_bytes
        || ' bytes reserved, its fetches have ' || (SELECT COALESCE(SUM(r.reserved_bytes), 0)
          FROM remote_fetches r WHERE r.owner_id = a.id) AS what
      FROM accounts a WHERE a.id > ? AND a.id <= ?
        AND a.reserved_bytes <> (SELECT COALESCE(SUM(r.reserved_bytes), 0)
          FROM remote_fetches r WHERE r.owner_id = a.id)
      """;

  private final InstantSource clock;
  private final LostAndFound lost;

  TreeRules(InstantSource clock) {
    this.clock = clock;
    this.lost = new LostAndFound(clock);
  }

  List<Rule> ofAccounts() {
    return List.of(new Rule(Fault.Kind.ROOT, ROOT, this::makeRoot));
  }

  List<Rule> ofFolders() {
    return List.of(
        new Rule(Fault.Kind.FOLDER, FOLDER, lost::moveFolder),
        new Rule(Fault.Kind.CYCLE, CYCLE, lost::moveFolder),
        new Rule(Fault.Kind.NOBODY, FOLDER_OF_NOBODY, null, (sql, id) -> List.of()));
  }

  List<Rule> ofFiles() {
    return List.of(
        new Rule(Fault.Kind.FILE, FILE, lost::moveFile),
        new Rule(Fault.Kind.NOBODY, FILE_OF_NOBODY, null, (sql, id) -> List.of()));
  }

  /** What holds for accounts when all else does. */
  List<Rule> ofUsage() {
    return List.of(
        new Rule(Fault.Kind.USED, USED, TreeRules::countUsed),
        new Rule(Fault.Kind.ITEMS, ITEMS, TreeRules::countItems),
        new Rule(Fault.Kind.USED, RESERVED, TreeRules::countReserved));
  }

  private void makeRoot(Sql sql, long account) {
    int kept =
        sql.update(
            """
            UPDATE folders SET parent_id = NULL WHERE account_id = ?
              AND id = (SELECT root_id FROM accounts WHERE id = ?)
            """,
            account,
            account);
    if (kept == 0) {
      long root =
          sql.number(
              """
              INSERT INTO folders (account_id, parent_id, name, created_at, revision)
              VALUES (?, NULL, 'Root', ?, 1) RETURNING id
              """,
              account,
              clock.instant());
      sql.update("UPDATE accounts SET root_id = ? WHERE id = ?", root, account);
    }
  }

  private static void countReserved(Sql sql, long account) {
    sql.update(
        """
        UPDATE accounts SET reserved_bytes = (SELECT COALESCE(SUM(reserved_bytes), 0)
          FROM remote_fetches WHERE owner_id = accounts.id)
        WHERE id = ?
        """,
        account);
  }

  private static void countItems(Sql sql, long account) {
    sql.update(
        "UPDATE accounts SET items = (SELECT %s FROM accounts a WHERE a.id = accounts.id) WHERE id = ?"
            .formatted(COUNTED),
        account);
  }

  private static void countUsed(Sql sql, long account) {
    sql.update(
        """
        UPDATE accounts SET used_bytes = (SELECT COALESCE(SUM(size_bytes), 0) FROM files
          WHERE account_id = accounts.id AND removed_at IS NULL)
        WHERE id = ?
        """,
        account);
  }
}
