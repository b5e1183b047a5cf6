package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;

/**
 * Callers that see one folder as their root. Nothing outside exists for them: no other folder of
 * the account, nothing that others share with it, and no file that a link opens to everybody.
 */
public final class Confinement {
  private Confinement() {}

  /** Whether the caller sees less than its whole account. */
  public static boolean isConfined(Sql sql, Access access) {
    return !isRoot(sql, access.account(), access.root());
  }

  /** Whether {@code folder} is the root of that account. */
  public static boolean isRoot(Sql sql, AccountId account, FolderId folder) {
    return sql.number(
            "SELECT COUNT(*) FROM accounts WHERE id = ? AND root_id = ?",
            account.value(),
            folder.value())
        == 1;
  }

  /** Whether {@code folder} is {@code root}, or lies below it. */
  public static boolean isWithin(Sql sql, FolderId folder, FolderId root) {
    return Nesting.isWithin(sql, folder, root);
  }
}
