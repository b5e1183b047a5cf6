package io.consigne.core.tree;

import io.consigne.core.accounts.Usage;
import io.consigne.core.blobs.Contents;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The rows of an account that is removed, taken a few at a time. */
final class OwnedRows {
  /** How many rows of a kind are taken at once. */
  static final int BATCH = 200;

  /** How many uploads, each with up to 500 files, or keys, each with a row for each day. */
  private static final int FEW = 10;

  /** A folder goes before the one that it is in, which is mostly older. */
  private static final String NEXT =
      """
      SELECT f.id FROM folders f JOIN accounts a ON a.id = f.account_id
      WHERE f.account_id = ? AND f.id < ? AND f.id <> a.root_id ORDER BY f.id DESC LIMIT ?
      """;

  /** What is left lies within itself, or holds what is another's: it would never be empty. */
  private static final String UNTIE =
      """
      UPDATE folders SET parent_id = NULL WHERE id IN (SELECT c.id
        FROM folders c JOIN folders p ON p.id = c.parent_id WHERE p.account_id = ? LIMIT ?)
      """;

  private final Contents contents;
  private final InstantSource clock;

  /** How far each account's folders were gone through; a lost one is begun anew. */
  private final Map<Long, Pass> passes = new ConcurrentHashMap<>();

  OwnedRows(Contents contents, InstantSource clock) {
    this.contents = contents;
    this.clock = clock;
  }

  /**
   * Takes some rows of one kind; when there are none any more, the account itself.
   *
   * @return whether there may be more
   */
  boolean take(Sql sql, long account) {
    int taken = files(sql, account);
    taken = taken > 0 ? taken : fetches(sql, account);
    taken = taken > 0 ? taken : delete(sql, "remote_requests", account);
    taken = taken > 0 ? taken : delete(sql, "messages", account);
    taken = taken > 0 ? taken : delete(sql, "webhooks", account);
    taken = taken > 0 ? taken : keys(sql, account);
    taken = taken > 0 ? taken : folders(sql, account);
    if (taken > 0) {
      return true;
    }
    sql.update(
        """
        DELETE FROM folder_shares WHERE account_id = ?
          OR folder_id IN (SELECT id FROM folders WHERE account_id = ?)
        """,
        account,
        account);
    sql.update("DELETE FROM folders WHERE account_id = ?", account);
    sql.update("DELETE FROM accounts WHERE id = ?", account);
    return false;
  }

  private int files(Sql sql, long account) {
    List<Shown> files =
        sql.list(
            """
            SELECT id, content_id, size_bytes FROM files
            WHERE account_id = ? AND removed_at IS NULL ORDER BY id LIMIT ?
            """,
            Shown::read,
            account,
            BATCH);
    for (Shown file : files) {
      sql.update("UPDATE files SET removed_at = ? WHERE id = ?", clock.instant(), file.id());
      contents.dropReference(sql, file.content());
    }
    if (!files.isEmpty()) {
      long bytes = files.stream().mapToLong(Shown::bytes).sum();
      Usage.release(sql, new AccountId(account), bytes, files.size());
    }
    return files.size();
  }

  /** What they have reserved, of whose quota ever, is given back. */
  private static int fetches(Sql sql, long account) {
    List<Long> ids = ids(sql, "remote_fetches", account, BATCH);
    for (long id : ids) {
      sql.update(
          """
          UPDATE accounts SET reserved_bytes = reserved_bytes
            - (SELECT reserved_bytes FROM remote_fetches WHERE id = ?)
          WHERE id = (SELECT owner_id FROM remote_fetches WHERE id = ?)
          """,
          id,
          id);
      sql.update("DELETE FROM remote_fetches WHERE id = ?", id);
    }
    return ids.size();
  }

  private static int keys(Sql sql, long account) {
    List<Long> ids = ids(sql, "api_keys", account, FEW);
    for (long id : ids) {
      sql.update("DELETE FROM retired_secrets WHERE key_id = ?", id);
      sql.update("DELETE FROM key_days WHERE key_id = ?", id);
      sql.update("DELETE FROM api_keys WHERE id = ?", id);
    }
    return ids.size();
  }

  /**
   * Goes through some folders, from the newest on, and takes those that hold no other when it is
   * their turn. Newer ones that hold older ones, which were moved there, are for the next time
   * through, so that no transaction looks at more than some.
   */
  private int folders(Sql sql, long account) {
    Pass pass = passes.getOrDefault(account, Pass.NEW);
    List<Long> found = sql.list(NEXT, row -> row.number("id"), account, pass.below(), BATCH);
    if (found.isEmpty()) {
      passes.remove(account);
      if (pass.equals(Pass.NEW)) {
        return 0;
      }
      return pass.took() ? folders(sql, account) : sql.update(UNTIE, account, BATCH);
    }
    int taken = found.stream().mapToInt(id -> removeEmptyFolder(sql, id)).sum();
    Usage.release(sql, new AccountId(account), 0, taken);
    passes.put(account, new Pass(found.getLast(), pass.took() || taken > 0));
    return found.size();
  }

  private static int removeEmptyFolder(Sql sql, long id) {
    sql.update("DELETE FROM folder_shares WHERE folder_id = ?", id);
    return sql.update(
        """
        DELETE FROM folders WHERE id = ?
          AND NOT EXISTS (SELECT 1 FROM folders c WHERE c.parent_id = ?)
        """,
        id,
        id);
  }

  private static int delete(Sql sql, String table, long account) {
    List<Long> ids = ids(sql, table, account, BATCH);
    ids.forEach(id -> sql.update("DELETE FROM " + table + " WHERE id = ?", id));
    return ids.size();
  }

  private static List<Long> ids(Sql sql, String table, long account, int most) {
    return sql.list(
        "SELECT id FROM " + table + " WHERE account_id = ? LIMIT ?",
        row -> row.number("id"),
        account,
        most);
  }

  /** Some uploads of an account whose ids are behind that one. */
  static List<String> uploads(Sql sql, long account, String after) {
    return sql.list(
        "SELECT id FROM uploads WHERE id > ? AND account_id = ? ORDER BY id LIMIT ?",
        row -> row.text("id"),
        after,
        account,
        FEW);
  }

  static int removeUploads(Sql sql, List<String> ids) {
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    Object[] all = ids.toArray();
    sql.update("DELETE FROM upload_items WHERE upload_id IN (" + places + ")", all);
    return sql.update("DELETE FROM uploads WHERE id IN (" + places + ")", all);
  }

  /**
   * A time through the folders of an account.
   *
   * @param below the ids that are still to come
   * @param took whether there was an empty one
   */
  private record Pass(long below, boolean took) {
    static final Pass NEW = new Pass(Long.MAX_VALUE, false);
  }

  /** A file, and what it shows. */
  private record Shown(long id, ContentId content, long bytes) {
    static Shown read(Row row) {
      return new Shown(
          row.number("id"), new ContentId(row.number("content_id")), row.number("size_bytes"));
    }
  }
}
