package io.consigne.core.tree;

import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import java.util.Optional;

/** Reads files from the database. */
public final class FileRows {
  static final String SELECT =
      """
      SELECT f.id, f.account_id, f.folder_id, f.name, f.content_id, f.size_bytes, f.link, f.domain,
        f.uploaded_at, f.modified_at, f.revision, f.description, f.password, f.inline, f.no_ssl,
        f.cdn, f.acl, f.removal_at, c.sha256, COALESCE(h.value, '') AS whirlpool
      FROM files f JOIN contents c ON c.id = f.content_id
        LEFT JOIN content_hashes h ON h.content_id = f.content_id AND h.algorithm = 'whirlpool'
      WHERE f.removed_at IS NULL AND
      """;

  private FileRows() {}

  /** The file of that link, whoever owns it. */
  public static Optional<StoredFile> byLink(Sql sql, LinkId link) {
    return sql.first(SELECT + " f.link = ?", FileRows::read, link.value());
  }

  /** The file of that number, whoever owns it. */
  public static Optional<StoredFile> byId(Sql sql, FileId id) {
    return sql.first(SELECT + " f.id = ?", FileRows::read, id.value());
  }

  /** The newest file of that name in a folder. */
  static Optional<StoredFile> byName(Sql sql, FolderId folder, FileName name) {
    return sql.first(
        SELECT + " f.folder_id = ? AND f.name = ? ORDER BY f.uploaded_at DESC, f.id DESC LIMIT 1",
        FileRows::read,
        folder.value(),
        name.value());
  }

  static StoredFile read(Row row) {
    return file(row, attributes(row, row.text("description"), row.text("acl")));
  }

  /** As a listing shows it: a thousand of them are in memory at a time. */
  static StoredFile readListed(Row row) {
    return file(row, attributes(row, "", AccessRules.outline(row.text("acl"))));
  }

  private static StoredFile file(Row row, FileAttributes attributes) {
    return new StoredFile(
        new FileId(row.number("id")),
        new AccountId(row.number("account_id")),
        new FolderId(row.number("folder_id")),
        new FileName(row.text("name")),
        new ContentId(row.number("content_id")),
        row.number("size_bytes"),
        new LinkId(row.text("link")),
        row.instant("uploaded_at"),
        row.instant("modified_at"),
        row.number("revision"),
        row.text("sha256"),
        row.text("whirlpool"),
        row.instantOrNull("removal_at"),
        attributes);
  }

  private static FileAttributes attributes(Row row, String description, String acl) {
    return new FileAttributes(
        (int) row.number("domain"),
        description,
        row.textOrNull("password"),
        row.flag("inline"),
        row.flag("no_ssl"),
        row.flag("cdn"),
        acl);
  }
}
