package io.consigne.core.accounts;

import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether what opened an account still opens it. */
public final class Standing {
  private Standing() {}

  /**
   * False if, since it was made, the account was closed or has another password than the one that
   * opened it, or the key was revoked, restricted otherwise, replaced at once, or has expired, or
   * the time is over for which a replaced secret was good.
   */
  public static boolean isGood(Sql sql, Access access, Instant now) {
    return opens(sql, access, now) && !hasEnded(access, now);
  }

  /**
   * Refuses whom nothing opens the account any more.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  public static void require(Sql sql, Access access, Instant now) {
    if (!isGood(sql, access, now)) {
      throw new Failure.NotAuthenticated().asException();
    }
  }

  /** Whether the database lets the caller in; {@link #hasEnded} tells of its end without it. */
  static boolean opens(Sql sql, Access access, Instant now) {
    long account = access.account().value();
    long good =
        access
            .terms()
            .map(terms -> keys(sql, account, terms, now))
            .orElseGet(() -> accounts(sql, account, access.epochOrNull()));
    return good == 1;
  }

  static boolean hasEnded(Access access, Instant now) {
    return access.terms().flatMap(KeyTerms::expires).filter(end -> !now.isBefore(end)).isPresent();
  }

  private static long accounts(Sql sql, long account, @Nullable Long epoch) {
    String open = "SELECT COUNT(*) FROM accounts WHERE id = ? AND disabled_at IS NULL";
    return epoch == null
        ? sql.number(open, account)
        : sql.number(open + " AND epoch = ?", account, epoch);
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
