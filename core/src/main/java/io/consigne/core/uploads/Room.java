package io.consigne.core.uploads;

import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;

/** The storage that an account has left, counted down file by file. */
final class Room {
  private long left;

  private Room(long left) {
    this.left = left;
  }

  /**
   * What the account has left now.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if there is no such account
   */
  static Room of(Sql sql, AccountId account) {
    return sql.first(
            "SELECT plan, used_bytes + reserved_bytes AS taken FROM accounts WHERE id = ?",
            row -> new Room(Plan.valueOf(row.text("plan")).storageBytes() - row.number("taken")),
            account.value())
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  /**
   * Takes room for a file.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}; nothing was taken
   */
  void take(long bytes) {
    if (!offer(bytes)) {
      throw new Failure.QuotaExceeded(bytes, Math.max(0, left)).asException();
    }
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
