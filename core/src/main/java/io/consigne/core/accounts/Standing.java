package io.consigne.core.accounts;

import io.consigne.core.db.Sql;
import java.time.Instant;

/** Whether what opened an account still opens it. */
public final class Standing {
  private Standing() {}

  /**
   * False if, since it was made, the account was closed, or the key was revoked, restricted
   * otherwise, replaced at once, or has expired.
   */
  public static boolean isGood(Sql sql, Access access, Instant now) {
    long account = access.account().value();
    long good =
        access
            .terms()
            .map(terms -> keys(sql, account, terms, now))
            .orElseGet(() ->
                sql.number(
                    "SELECT COUNT(*) FROM accounts WHERE id = ? AND disabled_at IS NULL", account));
    return good == 1;
  }

  private static long keys(Sql sql, long account, KeyTerms terms, Instant now) {
    return sql.number(
        """
        SELECT COUNT(*) FROM accounts a JOIN api_keys k ON k.account_id = a.id
        WHERE a.id = ? AND a.disabled_at IS NULL AND k.id = ? AND k.epoch = ?
          AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?)
        """,
        account,
        terms.id().value(),
        terms.epoch(),
        now);
  }
}
