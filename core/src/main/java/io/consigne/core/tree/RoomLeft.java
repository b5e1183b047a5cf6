package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import java.util.function.Supplier;

/** How many bytes an account has left: told to those who see all of it, and to nobody else. */
public final class RoomLeft {
  private RoomLeft() {}

  /**
   * Charges {@code payer} for what the caller does.
   *
   * @throws FailureException what {@code charge} throws, without figures that are not the caller's
   */
  public static <T> T charged(Sql sql, Access access, AccountId payer, Supplier<T> charge) {
    try {
      return charge.get();
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.QuotaExceeded full && !isTold(sql, access, payer)) {
        throw full.untold().asException();
      }
      throw e;
    }
  }

  private static boolean isTold(Sql sql, Access access, AccountId payer) {
    return sql.first(
            "SELECT root_id FROM accounts WHERE id = ?",
            row -> isTold(access, payer, new FolderId(row.number("root_id"))),
            payer.value())
        .orElse(false);
  }

  /** Whether the caller is told what {@code payer}, whose root that is, has left. */
  public static boolean isTold(Access access, AccountId payer, FolderId root) {
    return payer.equals(access.account()) && root.equals(access.root());
  }
}
