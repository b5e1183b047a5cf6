package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FolderId;
import java.util.HashMap;
import java.util.Map;

/**
 * What a caller moves who may write but not read, within one transaction: it stays where no more
 * people read it than before, or the caller would read by their means. Who may read could hand on
 * what it moves anyway, and is asked nothing.
 */
final class BlindMove {
  private final Sql sql;
  private final boolean blind;
  private final FolderId target;
  private final Map<FolderId, Readers> known = new HashMap<>();

  /** By {@code access}, into {@code target}. */
  BlindMove(Sql sql, Access access, FolderId target) {
    this.sql = sql;
    this.blind = !access.rights().contains(Right.READ);
    this.target = target;
  }

  /**
   * Lets a file in that comes from that folder.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  void requireFile(FolderId from) {
    if (blind && !from.equals(target)) {
      require(
          known.computeIfAbsent(target, id -> Readers.ofFiles(sql, id)),
          known.computeIfAbsent(from, id -> Readers.ofFiles(sql, id)));
    }
  }

  /**
   * Lets a folder in that lies elsewhere.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  void requireFolder(FolderId moved) {
    if (blind) {
      require(Readers.ofFolders(sql, target), Readers.ofFolders(sql, moved));
    }
  }

  private static void require(Readers after, Readers before) {
    if (!after.areAmong(before)) {
      throw new Failure.NotAllowed(
              "this key has no right to read, and moves nothing to where more people read it")
          .asException();
    }
  }
}
