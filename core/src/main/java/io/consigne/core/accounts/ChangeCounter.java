package io.consigne.core.accounts;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;

/** The change counter of an account: what changed gets its number as revision. */
public final class ChangeCounter {
  private ChangeCounter() {}

  /**
   * Raises the counter above {@code revision} and returns it, so that what comes from another
   * account never gets a revision for the second time.
   */
  public static long nextAfter(Sql sql, AccountId account, long revision) {
    return sql.number(
        """
        UPDATE accounts SET changes = CASE WHEN changes > ? THEN changes ELSE ? END + 1
        WHERE id = ? RETURNING changes
        """,
        revision,
        revision,
        account.value());
  }

  /** Raises the counter and returns it. */
  public static long next(Sql sql, AccountId account) {
    return sql.number(
        "UPDATE accounts SET changes = changes + 1 WHERE id = ? RETURNING changes",
        account.value());
  }
}
