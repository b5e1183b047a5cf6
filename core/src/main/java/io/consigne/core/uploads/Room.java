package io.consigne.core.uploads;

import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import org.jspecify.annotations.Nullable;

/** The storage that an account has left, counted down file by file. */
final class Room {
  private final boolean told;
  private long left;

  private Room(long left, boolean told) {
    this.left = left;
    this.told = told;
  }

  /**
   * What the account has left now.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if there is no such account
   */
  static Room of(Sql sql, AccountId account) {
    return sql.first(
            """
            SELECT plan, used_bytes + reserved_bytes AS taken,
              (SELECT COUNT(*) FROM webhooks w WHERE w.account_id = accounts.id) AS webhooks
            FROM accounts WHERE id = ?
            """,
            row ->
                new Room(
                    Plan.valueOf(row.text("plan")).storageBytes() - row.number("taken"),
                    row.number("webhooks") > 0),
            account.value())
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  /** Whether its owner may want to be told what happens to it. */
  boolean told() {
    return told;
  }

  /** Takes room for a file; if there is not enough, nothing is taken, and this is why. */
  @Nullable Failure refusal(long bytes) {
    return offer(bytes) ? null : new Failure.QuotaExceeded(bytes, Math.max(0, left));
  }

  /** Takes room for a file if there is enough. */
  boolean offer(long bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }
}
