package io.consigne.core.tree;

import io.consigne.core.audit.Action;
import io.consigne.core.audit.Actor;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import java.time.InstantSource;
import java.util.List;

/** Removes an account with all that it owns. */
public final class AccountRemoval {
  private final Database database;
  private final InstantSource clock;

  /** Removes accounts of {@code database}. */
  public AccountRemoval(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Removes the account, its keys, shares, folders, files and reports of uploads, in one
   * transaction; an account that is gone already is no failure. The bytes of its files are
   * collected later, as those of any removed file.
   */
  public void remove(AccountId account) {
    database.write(sql -> {
      removeFiles(sql, account.value());
      removeUploads(sql, account.value());
      removeFetches(sql, account.value());
      sql.update("DELETE FROM messages WHERE account_id = ?", account.value());
      sql.update("DELETE FROM webhooks WHERE account_id = ?", account.value());
      sql.update(
          """
          DELETE FROM folder_shares WHERE account_id = ?
            OR folder_id IN (SELECT id FROM folders WHERE account_id = ?)
          """,
          account.value(),
          account.value());
      sql.update("DELETE FROM folders WHERE account_id = ?", account.value());
      removeKeys(sql, account.value());
      AuditLog.add(
          sql,
          clock.instant(),
          Entry.done(account, Actor.OPERATOR, Action.ACCOUNT_REMOVE, "account " + account));
      return sql.update("DELETE FROM accounts WHERE id = ?", account.value());
    });
  }

  private static void removeKeys(Sql sql, long account) {
    for (String table : List.of("retired_secrets", "key_days")) {
      sql.update(
          "DELETE FROM "
              + table
              + " WHERE key_id IN (SELECT id FROM api_keys WHERE account_id = ?)",
          account);
    }
    sql.update("DELETE FROM api_keys WHERE account_id = ?", account);
  }

  private static void removeFetches(Sql sql, long account) {
    sql.update(
        """
        UPDATE accounts SET reserved_bytes = reserved_bytes - (
          SELECT COALESCE(SUM(f.reserved_bytes), 0) FROM remote_fetches f
          WHERE f.owner_id = accounts.id AND f.account_id = ?)
        WHERE id IN (SELECT owner_id FROM remote_fetches
          WHERE account_id = ? AND reserved_bytes > 0)
        """,
        account,
        account);
    sql.update("DELETE FROM remote_fetches WHERE account_id = ?", account);
    sql.update("DELETE FROM remote_requests WHERE account_id = ?", account);
  }

  private static void removeUploads(Sql sql, long account) {
    sql.update(
        """
        DELETE FROM upload_items
        WHERE upload_id IN (SELECT id FROM uploads WHERE account_id = ?)
        """,
        account);
    sql.update("DELETE FROM uploads WHERE account_id = ?", account);
  }

  private void removeFiles(Sql sql, long account) {
    sql.update(
        """
        UPDATE contents SET removed_at = ?, refs = refs - (
          SELECT COUNT(*) FROM files
          WHERE content_id = contents.id AND account_id = ? AND removed_at IS NULL)
        WHERE account_id = ? AND removed_at IS NULL
        """,
        clock.instant(),
        account,
        account);
    sql.update(
        "UPDATE files SET removed_at = ? WHERE account_id = ? AND removed_at IS NULL",
        clock.instant(),
        account);
  }
}
