package io.consigne.core.upkeep;

import io.consigne.core.accounts.ChangeCounter;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import java.time.InstantSource;

/** The folder {@code lost+found} in an account's root, where what had no place is put. */
final class LostAndFound {
  private static final String NAME = "lost+found";

  private final InstantSource clock;

  LostAndFound(InstantSource clock) {
    this.clock = clock;
  }

  /** Moves a folder there, with all that is below it. */
  void moveFolder(Sql sql, long folder) {
    AccountId account = owner(sql, "SELECT account_id FROM folders WHERE id = ?", folder);
    long target = target(sql, account);
    sql.update(
        "UPDATE folders SET parent_id = ?, revision = ?, name = ? WHERE id = ?",
        target,
        ChangeCounter.next(sql, account),
        freeName(sql, target, folder),
        folder);
  }

  /** Its own name, or one by its number. */
  private static String freeName(Sql sql, long target, long folder) {
    String name =
        sql.first("SELECT name FROM folders WHERE id = ?", row -> row.text("name"), folder)
            .orElseThrow();
    for (int more = 1; isTaken(sql, target, name); more++) {
      name = "folder " + folder + (more == 1 ? "" : " (" + more + ")");
    }
    return name;
  }

  private static boolean isTaken(Sql sql, long target, String name) {
    return sql.number("SELECT COUNT(*) FROM folders WHERE parent_id = ? AND name = ?", target, name)
        > 0;
  }

  /** Moves a file there. */
  void moveFile(Sql sql, long file) {
    AccountId account = owner(sql, "SELECT account_id FROM files WHERE id = ?", file);
    sql.update(
        "UPDATE files SET folder_id = ?, revision = ? WHERE id = ?",
        target(sql, account),
        ChangeCounter.next(sql, account),
        file);
  }

  private static AccountId owner(Sql sql, String statement, long id) {
    return new AccountId(sql.number(statement, id));
  }

  private long target(Sql sql, AccountId account) {
    long root = sql.number("SELECT root_id FROM accounts WHERE id = ?", account.value());
    return sql.first(
            "SELECT id FROM folders WHERE parent_id = ? AND name = ?",
            row -> row.number("id"),
            root,
            NAME)
        .orElseGet(() -> make(sql, account, root));
  }

  /** Also for an account that has all that it may. */
  private long make(Sql sql, AccountId account, long root) {
    sql.update("UPDATE accounts SET items = items + 1 WHERE id = ?", account.value());
    return sql.number(
        """
        INSERT INTO folders (account_id, parent_id, name, created_at, revision)
        VALUES (?, ?, ?, ?, ?) RETURNING id
        """,
        account.value(),
        root,
        NAME,
        clock.instant(),
        ChangeCounter.next(sql, account));
  }
}
