package io.consigne.core.keys;

import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import org.jspecify.annotations.Nullable;

/** Finds the folder that a key is for. */
final class KeyFolder {
  private KeyFolder() {}

  /**
   * The account's own folder of that number or path; null for its root.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, also if it is another's
   */
  static @Nullable FolderId find(Sql sql, AccountId account, String text) {
    if (text.isEmpty() || text.equals("0") || text.equals("/")) {
      return null;
    }
    long root = sql.number("SELECT root_id FROM accounts WHERE id = ?", account.value());
    long found = text.startsWith("/") ? byPath(sql, root, text) : byNumber(sql, account, text);
    return found == root ? null : new FolderId(found);
  }

  private static long byPath(Sql sql, long root, String path) {
    long at = root;
    for (String name : path.replace('\0', '\n').split("/+", -1)) {
      at =
          name.isEmpty()
              ? at
              : only(sql, "SELECT id FROM folders WHERE parent_id = ? AND name = ?", at, name);
    }
    return at;
  }

  private static long byNumber(Sql sql, AccountId account, String text) {
    if (!text.matches("-?[0-9]+")) {
      throw new Failure.Invalid("folder", text, "must be its number, or a path such as /Docs")
          .asException();
    }
    return only(
        sql,
        "SELECT id FROM folders WHERE id = ? AND account_id = ?",
        number(text),
        account.value());
  }

  /** What is too long to be a number of a folder is none. */
  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new Failure.NotFound().asException();
    }
  }

  private static long only(Sql sql, String statement, Object... arguments) {
    return sql.first(statement, row -> row.number("id"), arguments)
        .orElseThrow(() -> new Failure.NotFound().asException());
  }
}
