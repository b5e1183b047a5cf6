package io.consigne.core.tree;

import io.consigne.core.audit.Action;
import io.consigne.core.audit.Actor;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.blobs.Contents;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.jobs.Background;
import java.time.InstantSource;
import java.util.List;

/**
 * Removes an account with all that it owns.
 *
 * <p>One transaction hides it: from then on nothing opens it, nobody sees anything of it, and its
 * name is free. What it owns is then removed in transactions that take a few hundred rows each, so
 * that others are kept waiting by none of them; in between, all counts are exact. A host that is
 * killed meanwhile goes on when it is started again. The bytes of its files are collected later, as
 * those of any removed file.
 */
public final class AccountRemoval {
  private static final int MOST_TRANSACTIONS = 100;

  private final Database database;
  private final InstantSource clock;
  private final OwnedRows rows;

  /** Removes accounts of {@code database}. */
  public AccountRemoval(Database database, Contents contents, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.rows = new OwnedRows(contents, clock);
  }

  /**
   * Removes the account, its keys, shares, folders, files and reports of uploads; an account that
   * is gone already is no failure. Returns when all of it is gone, or the thread is interrupted.
   *
   * @return whether all of it is gone; else the {@linkplain #round rounds} go on
   */
  public boolean remove(AccountId account) {
    database.change(sql -> hide(sql, account.value()));
    removeUploads(account.value());
    boolean more = true;
    while (more && !isToEnd()) {
      more = database.<Boolean>write(sql -> rows.take(sql, account.value()));
    }
    return !more;
  }

  private static boolean isToEnd() {
    return Background.isEnding() || Thread.currentThread().isInterrupted();
  }

  /** Goes on with what was begun, by this host or one that was killed; with some, if it is much. */
  public void round() {
    List<Long> hidden =
        database.read(sql ->
            sql.list(
                "SELECT id FROM accounts WHERE removed_at IS NOT NULL", row -> row.number("id")));
    int transactions = 0;
    for (long account : hidden) {
      removeUploads(account);
      while (transactions < MOST_TRANSACTIONS
          && !isToEnd()
          && database.<Boolean>write(sql -> rows.take(sql, account))) {
        transactions++;
      }
    }
  }

  /**
   * Nobody finds the account by its name any more, which another may have: what is looked up is in
   * lower case.
   */
  private int hide(Sql sql, long account) {
    int hidden =
        sql.update(
            """
            UPDATE accounts SET removed_at = ?, disabled_at = COALESCE(disabled_at, ?),
              epoch = epoch + 1, email_key = 'REMOVED ' || id
            WHERE id = ? AND removed_at IS NULL
            """,
            clock.instant(),
            clock.instant(),
            account);
    if (hidden == 1) {
      sql.update("DELETE FROM folder_shares WHERE account_id = ?", account);
      AuditLog.add(
          sql,
          clock.instant(),
          Entry.done(
              new AccountId(account), Actor.OPERATOR, Action.ACCOUNT_REMOVE, "account " + account));
    }
    return hidden;
  }

  /**
   * They are found by looking through all that the host has of the last hours, a page at a time.
   */
  private void removeUploads(long account) {
    String after = "";
    while (!isToEnd()) {
      String last = after;
      List<String> found = database.read(sql -> OwnedRows.uploads(sql, account, last));
      if (found.isEmpty()) {
        return;
      }
      database.change(sql -> OwnedRows.removeUploads(sql, found));
      after = found.getLast();
    }
  }
}
