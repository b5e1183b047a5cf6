package io.consigne.core.tree;

import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who reads what lies in a folder: its owner, the accounts that it is opened to, and whoever has a
 * public address that covers it.
 *
 * @param guests its owner and the accounts that it is opened to
 * @param linked those of them who are shown the links of its files
 * @param addresses the folders whose public addresses cover it
 */
record Readers(Set<AccountId> guests, Set<AccountId> linked, Set<FolderId> addresses) {
  private static final String SHARES =
      """
      WITH RECURSIVE up (id, depth) AS (
        SELECT id, 0 FROM folders WHERE id = ?
        UNION ALL
        SELECT f.parent_id, up.depth + 1 FROM folders f JOIN up ON f.id = up.id
        WHERE f.parent_id IS NOT NULL AND up.depth < ?
      )
      SELECT s.account_id, s.hide_links FROM up JOIN folder_shares s ON s.folder_id = up.id
      ORDER BY up.depth
      """;

  /** Copies. */
  Readers {
    guests = Set.copyOf(guests);
    linked = Set.copyOf(linked);
    addresses = Set.copyOf(addresses);
  }

  /** Those of the files directly in a folder. */
  static Readers ofFiles(Sql sql, FolderId folder) {
    return of(sql, folder, true);
  }

  /** Those of what is in the folders that are in a folder. */
  static Readers ofFolders(Sql sql, FolderId folder) {
    return of(sql, folder, false);
  }

  private static Readers of(Sql sql, FolderId folder, boolean files) {
    Folder in = Folders.get(sql, folder);
    var guests = new HashSet<>(Set.of(in.account()));
    var linked = new HashSet<>(guests);
    for (Shared nearest : sql.list(SHARES, Shared::read, folder.value(), Nesting.FARTHEST)) {
      if (guests.add(nearest.guest()) && !nearest.hideLinks()) {
        linked.add(nearest.guest());
      }
    }
    return new Readers(guests, linked, addresses(in, Nesting.above(sql, folder), files));
  }

  /** A password on the way keeps out those who come by an address above it. */
  private static Set<FolderId> addresses(Folder in, List<Folder> above, boolean files) {
    var all = new HashSet<FolderId>();
    if (in.sharesBelow() || (files && in.shareToken().isPresent())) {
      all.add(in.id());
    }
    var way = new ArrayList<>(List.of(in));
    for (Folder next : above) {
      if (next.sharesBelow() && way.stream().noneMatch(Folder::sharePassword)) {
        all.add(next.id());
      }
      way.add(next);
    }
    return all;
  }

  /** Whether all of these are among {@code others}, and see no more. */
  boolean areAmong(Readers others) {
    return others.guests.containsAll(guests)
        && others.linked.containsAll(linked)
        && others.addresses.containsAll(addresses);
  }

  private record Shared(AccountId guest, boolean hideLinks) {
    static Shared read(Row row) {
      return new Shared(new AccountId(row.number("account_id")), row.flag("hide_links"));
    }
  }
}
