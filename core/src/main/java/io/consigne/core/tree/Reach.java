package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.EmailAddress;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which folders a caller reaches: those below its own root, and those below a folder that another
 * account, which is not disabled, shares with it. Everything else is {@code NotFound}, whether it
 * exists or not.
 */
final class Reach {
  private static final String PATH_UP =
      """
      WITH RECURSIVE up (id, account_id, parent_id, depth) AS (
        SELECT id, account_id, parent_id, 0 FROM folders WHERE id = ?
        UNION ALL
        SELECT f.id, f.account_id, f.parent_id, up.depth + 1
        FROM folders f JOIN up ON f.id = up.parent_id
        WHERE up.depth < ?
      )
      SELECT up.id, up.account_id, s.folder_id AS shared, s.rw, s.hide_links
      FROM up
        LEFT JOIN accounts a ON a.id = up.account_id AND a.disabled_at IS NULL
        LEFT JOIN folder_shares s
          ON s.folder_id = up.id AND s.account_id = ? AND a.id IS NOT NULL
      ORDER BY up.depth
      """;

  private Reach() {}

  /**
   * Finds a folder that the caller may use with {@code right}.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}; {@code NotAllowed} if the
   *     caller sees the folder but may not do this
   */
  static ReachedFolder folder(Sql sql, Access access, FolderRef ref, Right right) {
    access.require(right);
    ReachedFolder folder = find(sql, access, resolve(sql, access, ref));
    allow(folder, right);
    return folder;
  }

  /**
   * Finds a folder that the caller may use in some way.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}
   */
  static ReachedFolder folder(Sql sql, Access access, FolderRef ref) {
    return find(sql, access, resolve(sql, access, ref));
  }

  /**
   * Makes sure that the caller may use a file, of which it has the link, with {@code right}. Who is
   * shown no links does not learn by a refusal that the file is there.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}; {@code NotAllowed} if the
   *     caller sees the file's link but may not do this
   */
  static void linked(Sql sql, Access access, StoredFile file, Right right) {
    linked(access, find(sql, access, file.folder()), right);
  }

  /** Makes sure that the caller may use any file in a folder that {@link #find} has found. */
  static void linked(Access access, ReachedFolder folder, Right right) {
    access.require(right);
    if (folder.hideLinks()) {
      throw new Failure.NotFound().asException();
    }
    allow(folder, right);
  }

  /**
   * Finds a folder that the caller may use in some way.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}
   */
  static ReachedFolder find(Sql sql, Access access, FolderId id) {
    List<Step> path = up(sql, id, access.account());
    if (path.isEmpty()) {
      throw new Failure.NotFound().asException();
    }
    AccountId owner = path.getFirst().account();
    if (owner.equals(access.account())) {
      if (path.stream().noneMatch(step -> step.id().equals(access.root()))) {
        throw new Failure.NotFound().asException();
      }
      return new ReachedFolder(id, owner, true, true, false);
    }
    return shared(sql, access, path);
  }

  /** The folder and those above it, each with what it opens to the account. */
  private static List<Step> up(Sql sql, FolderId folder, AccountId account) {
    return sql.list(PATH_UP, Step::read, folder.value(), Nesting.FARTHEST, account.value());
  }

  private static ReachedFolder shared(Sql sql, Access access, List<Step> path) {
    Step opened =
        path.stream()
            .filter(step -> step.rw() != null && !Confinement.isConfined(sql, access))
            .findFirst()
            .orElseThrow(() -> new Failure.NotFound().asException());
    return new ReachedFolder(
        path.getFirst().id(),
        path.getFirst().account(),
        false,
        Boolean.TRUE.equals(opened.rw()),
        Boolean.TRUE.equals(opened.hideLinks()));
  }

  private static void allow(ReachedFolder folder, Right right) {
    if (!folder.own() && right == Right.SHARE) {
      throw new Failure.NotAllowed("only its owner opens this folder to others").asException();
    }
    if (!folder.writable() && right != Right.READ) {
      throw new Failure.NotAllowed("this folder is shared for reading only").asException();
    }
  }

  /** Whether the caller may use the folder with {@code right}. */
  static boolean reaches(Sql sql, Access access, FolderId folder, Right right) {
    try {
      Reach.folder(sql, access, FolderRef.of(folder), right);
      return true;
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.NotAllowed) {
        return false;
      }
      throw e;
    }
  }

  /** Whether the folder, or one above it, is opened to the account. */
  static boolean isOpened(Sql sql, FolderId folder, AccountId guest) {
    return up(sql, folder, guest).stream().anyMatch(step -> step.rw() != null);
  }

  private static FolderId resolve(Sql sql, Access access, FolderRef ref) {
    return switch (ref) {
      case FolderRef.Root() -> access.root();
      case FolderRef.ById(FolderId id) -> id;
      case FolderRef.RootOf(String email) ->
          sql.first(
                  "SELECT root_id FROM accounts WHERE email_key = ?",
                  row -> new FolderId(row.number("root_id")),
                  EmailAddress.keyOf(email))
              .orElseThrow(() -> new Failure.NotFound().asException());
    };
  }

  private record Step(
      FolderId id, AccountId account, @Nullable Boolean rw, @Nullable Boolean hideLinks) {
    static Step read(Row row) {
      boolean shared = row.numberOrNull("shared") != null;
      return new Step(
          new FolderId(row.number("id")),
          new AccountId(row.number("account_id")),
          shared ? row.flag("rw") : null,
          shared ? row.flag("hide_links") : null);
    }
  }
}
