package io.consigne.core.accounts;

import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;

/** How much storage an account uses, counted with each change in the same transaction. */
public final class Usage {
  private Usage() {}

  /**
   * Adds bytes to what the account uses, if its plan has room; two at once cannot overshoot.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}
   */
  public static void charge(Sql sql, AccountId account, long bytes) {
    long quota = quota(sql, account);
    int charged =
        sql.update(
            "UPDATE accounts SET used_bytes = used_bytes + ? WHERE id = ? AND used_bytes <= ?",
            bytes,
            account.value(),
            quota - bytes);
    if (charged == 0) {
      throw new Failure.QuotaExceeded(bytes, Math.max(0, quota - used(sql, account))).asException();
    }
  }

  /** Takes bytes from what the account uses. */
  public static void release(Sql sql, AccountId account, long bytes) {
    sql.update(
        "UPDATE accounts SET used_bytes = used_bytes - ? WHERE id = ?", bytes, account.value());
  }

  /** The bytes that the account uses. */
  public static long used(Sql sql, AccountId account) {
    return sql.number("SELECT used_bytes FROM accounts WHERE id = ?", account.value());
  }

  private static long quota(Sql sql, AccountId account) {
    return sql.first(
            "SELECT plan FROM accounts WHERE id = ?",
            row -> Plan.valueOf(row.text("plan")),
            account.value())
        .map(Plan::storageBytes)
        .orElseThrow(() -> new Failure.NotFound().asException());
  }
}
