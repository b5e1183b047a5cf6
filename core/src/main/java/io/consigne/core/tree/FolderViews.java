package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.FolderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads folders as their callers see them. */
final class FolderViews {
  private FolderViews() {}

  static FolderView of(Sql sql, Access access, ReachedFolder reached) {
    Folder folder = Folders.get(sql, reached.id());
    boolean root = reached.id().equals(access.root());
    Totals totals = totals(sql, reached.id());
    return new FolderView(
        folder,
        root,
        totals.files(),
        totals.sizeBytes(),
        Folders.children(sql, reached.id()),
        root && !Confinement.isConfined(sql, access) ? foreign(sql, access) : List.of(),
        reached.own() ? shares(sql, reached.id()) : List.of(),
        sharedBy(sql, reached));
  }

  private static Totals totals(Sql sql, FolderId folder) {
    return sql.list(
            """
            SELECT COUNT(*) AS files, COALESCE(SUM(size_bytes), 0) AS size_bytes
            FROM files WHERE folder_id = ? AND removed_at IS NULL
            """,
            row -> new Totals(row.number("files"), row.number("size_bytes")),
            folder.value())
        .getFirst();
  }

  private static List<FolderView.ForeignFolder> foreign(Sql sql, Access access) {
    return sql.list(
        """
        SELECT f.id, f.account_id, f.parent_id, f.name, f.created_at, f.revision, f.share_token,
          f.share_password, s.rw, s.hide_links, a.email
        FROM folder_shares s
          JOIN folders f ON f.id = s.folder_id
          JOIN accounts a ON a.id = f.account_id
        WHERE s.account_id = ? AND a.disabled_at IS NULL
        ORDER BY f.name, a.email_key
        """,
        row -> new FolderView.ForeignFolder(Folder.read(row), share(row)),
        access.account().value());
  }

  static List<Share> shares(Sql sql, FolderId folder) {
    return sql.list(
        """
        SELECT a.email, s.rw, s.hide_links
        FROM folder_shares s JOIN accounts a ON a.id = s.account_id
        WHERE s.folder_id = ? ORDER BY a.email_key
        """,
        FolderViews::share,
        folder.value());
  }

  private static @Nullable Share sharedBy(Sql sql, ReachedFolder reached) {
    if (reached.own()) {
      return null;
    }
    return sql.list(
            "SELECT email FROM accounts WHERE id = ?",
            row -> new Share(row.text("email"), reached.writable(), reached.hideLinks()),
            reached.owner().value())
        .getFirst();
  }

  private static Share share(Row row) {
    return new Share(row.text("email"), row.flag("rw"), row.flag("hide_links"));
  }

  private record Totals(long files, long sizeBytes) {}
}
