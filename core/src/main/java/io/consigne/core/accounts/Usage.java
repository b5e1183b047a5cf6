package io.consigne.core.accounts;

import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import java.time.Instant;

/**
 * How many bytes, and how many files and folders, an account has: counted with each change in the
 * same transaction, and in the same statement. The root is not counted, nor is what was removed.
 */
public final class Usage {
  /** Whether there is room for so many bytes more. */
  private static final String HAS_ROOM =
      "used_bytes + reserved_bytes <= " + Allowance.STORAGE_BYTES + " - ?";

  /** Whether there is a place for so many files and folders more. */
  private static final String HAS_PLACE = "items <= " + Allowance.ITEMS + " - ?";

  private static final String CHARGE =
      """
      UPDATE accounts SET used_bytes = used_bytes + ?, items = items + ?, changes = changes + ?
      WHERE id = ? AND %s AND %s RETURNING changes, used_bytes, %s
      """
          .formatted(HAS_ROOM, HAS_PLACE, Allowance.COLUMNS);

  private static final String ADD_FOLDER =
      """
      UPDATE accounts SET items = items + 1, changes = changes + 1 WHERE id = ? AND %s
      RETURNING changes
      """
          .formatted(HAS_PLACE);

  private static final String RESERVE =
      "UPDATE accounts SET reserved_bytes = reserved_bytes + ? WHERE id = ? AND %s AND %s"
          .formatted(HAS_ROOM, HAS_PLACE);

  private Usage() {}

  /**
   * Keeps room for the bytes of a file that will be charged later, if there is a place for it;
   * whoever reserves gives it back to charge.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}, {@code TooManyItems}
   */
  public static void reserve(Sql sql, AccountId account, long bytes) {
    if (sql.update(RESERVE, bytes, account.value(), bytes, 1) == 0) {
      throw exceeded(sql, account, bytes, 1);
    }
  }

  /**
   * Adds a file of so many bytes to what the account has, if there is room; two at once cannot
   * overshoot. If they cross the line, the account is warned.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}, {@code TooManyItems}
   */
  public static void charge(Sql sql, Instant now, AccountId account, long bytes) {
    charge(sql, now, account, new Files(bytes, 1), 0);
  }

  /**
   * Charges for several files as {@link #charge} does for one, and raises the change counter by as
   * many; returns what it is then, the number of the last of them.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}, {@code TooManyItems};
   *     nothing was done then
   */
  public static long chargeChanges(Sql sql, Instant now, AccountId account, long bytes, int files) {
    return charge(sql, now, account, new Files(bytes, files), files);
  }

  private static long charge(Sql sql, Instant now, AccountId account, Files files, int changes) {
    long id = account.value();
    long bytes = files.bytes();
    int count = files.count();
    Charged charged =
        sql.first(CHARGE, Charged::read, bytes, count, changes, id, bytes, count)
            .orElseThrow(() -> exceeded(sql, account, bytes, count));
    warn(sql, now, account, bytes, charged);
    return charged.changes();
  }

  private static void warn(Sql sql, Instant now, AccountId account, long bytes, Charged charged) {
    Allowance allowed = charged.allowed();
    if (QuotaWarning.isNear(allowed, charged.used())
        && !QuotaWarning.isNear(allowed, charged.used() - bytes)) {
      QuotaWarning.add(sql, now, account, allowed, charged.used());
    }
  }

  /** Takes a file of so many bytes from what the account has. */
  public static void release(Sql sql, AccountId account, long bytes) {
    release(sql, account, bytes, 1);
  }

  /** Takes so many files and folders, which have so many bytes together. */
  public static void release(Sql sql, AccountId account, long bytes, int items) {
    sql.update(
        "UPDATE accounts SET used_bytes = used_bytes - ?, items = items - ? WHERE id = ?",
        bytes,
        items,
        account.value());
  }

  /**
   * Adds a folder to what the account has, and raises its change counter; returns what that is
   * then.
   *
   * @throws io.consigne.core.failure.FailureException {@code TooManyItems}
   */
  public static long addFolder(Sql sql, AccountId account) {
    return sql.first(ADD_FOLDER, row -> row.number("changes"), account.value(), 1)
        .orElseThrow(() -> exceeded(sql, account, 0, 1));
  }

  /** Takes a folder from what the account has, and raises its change counter. */
  public static void removeFolder(Sql sql, AccountId account) {
    sql.update(
        "UPDATE accounts SET items = items - 1, changes = changes + 1 WHERE id = ?",
        account.value());
  }

  private static FailureException exceeded(Sql sql, AccountId account, long bytes, int items) {
    return sql.first(
            "SELECT items, used_bytes + reserved_bytes AS taken, %s FROM accounts WHERE id = ?"
                .formatted(Allowance.COLUMNS),
            row -> {
              Allowance allowed = Allowance.read(row);
              return row.number("items") > allowed.items() - items
                  ? new Failure.TooManyItems(allowed.items())
                  : new Failure.QuotaExceeded(
                      bytes, Math.max(0, allowed.storageBytes() - row.number("taken")));
            },
            account.value())
        .orElseGet(Failure.NotFound::new)
        .asException();
  }

  /** Files to be charged for. */
  private record Files(long bytes, int count) {}

  private record Charged(long changes, Allowance allowed, long used) {
    static Charged read(Row row) {
      return new Charged(row.number("changes"), Allowance.read(row), row.number("used_bytes"));
    }
  }
}
