package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import java.util.HashMap;
import java.util.Map;

/**
 * The files that one call names by their links, within one transaction that changes no folder: what
 * the caller may do in one is looked up once, however many of the files are in it.
 */
final class LinkedFiles {
  private final Sql sql;
  private final Access access;
  private final Right right;
  private final Map<FolderId, ReachedFolder> reached = new HashMap<>();

  /** Those that {@code access} uses with {@code right}. */
  LinkedFiles(Sql sql, Access access, Right right) {
    this.sql = sql;
    this.access = access;
    this.right = right;
  }

  /**
   * The file of that link.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}
   */
  StoredFile find(LinkId link) {
    access.require(right);
    StoredFile file =
        FileRows.byLink(sql, link).orElseThrow(() -> new Failure.NotFound().asException());
    ReachedFolder folder =
        reached.computeIfAbsent(file.folder(), id -> Reach.find(sql, access, id));
    Reach.linked(access, folder, right);
    return file;
  }
}
