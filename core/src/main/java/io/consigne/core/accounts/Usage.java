package io.consigne.core.accounts;

import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How much storage an account uses, counted with each change in the same transaction. */
public final class Usage {
  /** Whether there is room for so many bytes more. */
  private static final String HAS_ROOM =
      Arrays.stream(Plan.values())
          .map(plan -> "WHEN '" + plan.name() + "' THEN " + plan.storageBytes())
          .collect(
              Collectors.joining(" ", "used_bytes + reserved_bytes <= CASE plan ", " END - ?"));

  private static final String CHARGED = HAS_ROOM + " RETURNING changes, plan, used_bytes";

  private static final String CHARGE =
      "UPDATE accounts SET used_bytes = used_bytes + ? WHERE id = ? AND " + CHARGED;

  private static final String CHARGE_CHANGES =
      "UPDATE accounts SET used_bytes = used_bytes + ?, changes = changes + ? WHERE id = ? AND "
          + CHARGED;

  private static final String RESERVE =
      "UPDATE accounts SET reserved_bytes = reserved_bytes + ? WHERE id = ? AND " + HAS_ROOM;

  private Usage() {}

  /**
   * Keeps room for what will be charged later; whoever reserves gives it back to charge.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}
   */
  public static void reserve(Sql sql, AccountId account, long bytes) {
    if (sql.update(RESERVE, bytes, account.value(), bytes) == 0) {
      throw exceeded(sql, account, bytes);
    }
  }

  /**
   * Adds bytes to what the account uses, if its plan has room; two at once cannot overshoot. If
   * they cross the line, the account is warned.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}
   */
  public static void charge(Sql sql, Instant now, AccountId account, long bytes) {
    Charged charged =
        sql.first(CHARGE, Charged::read, bytes, account.value(), bytes)
            .orElseThrow(() -> exceeded(sql, account, bytes));
    warn(sql, now, account, bytes, charged);
  }

  /**
   * Charges as {@link #charge} does, and raises the change counter by {@code changes}; returns what
   * it is then, the number of the last of them.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}; nothing was done then
   */
  public static long chargeChanges(
      Sql sql, Instant now, AccountId account, long bytes, int changes) {
    Charged charged =
        sql.first(CHARGE_CHANGES, Charged::read, bytes, changes, account.value(), bytes)
            .orElseThrow(() -> exceeded(sql, account, bytes));
    warn(sql, now, account, bytes, charged);
    return charged.changes();
  }

  private static void warn(Sql sql, Instant now, AccountId account, long bytes, Charged charged) {
    Plan plan = charged.plan();
    if (QuotaWarning.isNear(plan, charged.used())
        && !QuotaWarning.isNear(plan, charged.used() - bytes)) {
      QuotaWarning.add(sql, now, account, plan, charged.used());
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

  private static long reserved(Sql sql, AccountId account) {
    return sql.number("SELECT reserved_bytes FROM accounts WHERE id = ?", account.value());
  }

  private static FailureException exceeded(Sql sql, AccountId account, long bytes) {
    long left = quota(sql, account) - used(sql, account) - reserved(sql, account);
    return new Failure.QuotaExceeded(bytes, Math.max(0, left)).asException();
  }

  private static long quota(Sql sql, AccountId account) {
    return sql.first(
            "SELECT plan FROM accounts WHERE id = ?",
            row -> Plan.valueOf(row.text("plan")),
            account.value())
        .map(Plan::storageBytes)
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  private record Charged(long changes, Plan plan, long used) {
    static Charged read(Row row) {
      return new Charged(
          row.number("changes"), Plan.valueOf(row.text("plan")), row.number("used_bytes"));
    }
  }
}
