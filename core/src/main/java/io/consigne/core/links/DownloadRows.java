package io.consigne.core.links;

import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.FileName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a token opens in one statement, since it is asked with each request: the file as it
 * was signed, its owner and the token's account and key still open, and where the bytes are.
 */
final class DownloadRows {
  private static final Logger LOG = LoggerFactory.getLogger(DownloadRows.class);

  private static final String FIND =
      """
      SELECT f.id, f.account_id, f.folder_id, f.name, f.size_bytes, f.uploaded_at, f.acl,
        f.password, c.sha256, c.account_id AS content_account, c.size_bytes AS content_bytes,
        f.content_id, s.store_file,
        s.offset_bytes, s.size_bytes AS segment_bytes, k.networks, k.folder_id AS key_root,
        k.expires_at, (SELECT plan FROM accounts WHERE id = ?) AS plan
      FROM files f
        JOIN accounts o ON o.id = f.account_id AND o.disabled_at IS NULL
        JOIN contents c ON c.id = f.content_id
        LEFT JOIN content_segments s ON s.content_id = f.content_id
        LEFT JOIN api_keys k ON k.id = ? AND k.account_id = ? AND k.epoch = ?
          AND k.revoked_at IS NULL
      WHERE f.id = ? AND (? = 1 OR f.revision = ?) AND f.removed_at IS NULL
        AND (? = 0 OR EXISTS (
          SELECT 1 FROM accounts a WHERE a.id = ? AND a.epoch = ? AND a.disabled_at IS NULL))
        AND (? = 0 OR k.id IS NOT NULL)
      ORDER BY s.position
      """;

  private DownloadRows() {}

  /**
   * The file and its segments in order; empty if the token opens nothing any more.
   *
   * @throws io.consigne.core.failure.FailureException {@code Rotten} if the file shows a content of
   *     another account or size, or one whose segments have more bytes or fewer
   */
  static Optional<Found> find(Sql sql, DownloadToken token) {
    return find(sql, token, false);
  }

  /** The same of a file that may have been changed since the token was given. */
  static Optional<Found> findChanged(Sql sql, DownloadToken token) {
    return find(sql, token, true);
  }

  private static Optional<Found> find(Sql sql, DownloadToken token, boolean changed) {
    List<Found> rows =
        sql.list(
            FIND,
            row -> read(row, token),
            token.account(),
            token.key().id(),
            token.account(),
            token.key().epoch(),
            token.file().value(),
            changed ? 1 : 0,
            token.revision(),
            token.account(),
            token.account(),
            token.epoch(),
            token.key().id());
    return rows.isEmpty() ? Optional.empty() : Optional.of(whole(rows));
  }

  private static Found whole(List<Found> rows) {
    Found first = rows.getFirst();
    List<Segment> segments = rows.stream().flatMap(row -> row.segments().stream()).toList();
    refuseOtherBytes(first.file(), segments);
    return new Found(
        first.token(), first.file(), segments, first.bounds(), first.lock(), first.byOrNull());
  }

  /** A damaged row could give a segment to any content, also to one that has its own. */
  private static void refuseOtherBytes(DownloadedFile file, List<Segment> segments) {
    long bytes = Segment.bytes(segments);
    if (bytes != file.size()) {
      LOG.error(
          "File {} has {} bytes, the segments of its content {}: not served",
          file.id(),
          file.size(),
          bytes);
      throw new Failure.Rotten("the segments of file " + file.id() + " have " + bytes + " bytes")
          .asException();
    }
  }

  /** A damaged row could show any content, also somebody else's. */
  private static void refuseAnothers(Row row) {
    if (row.number("content_account") != row.number("account_id")
        || row.number("content_bytes") != row.number("size_bytes")) {
      long file = row.number("id");
      long content = row.number("content_id");
      LOG.error("File {} shows content {}, which is another's: not served", file, content);
      throw new Failure.Rotten("file " + file + " shows content " + content).asException();
    }
  }

  private static Found read(Row row, DownloadToken token) {
    refuseAnothers(row);
    var file =
        new DownloadedFile(
            new FileId(row.number("id")),
            new AccountId(row.number("account_id")),
            new FolderId(row.number("folder_id")),
            new FileName(row.text("name")),
            row.number("size_bytes"),
            row.instant("uploaded_at"),
            row.text("sha256"));
    Long root = row.numberOrNull("key_root");
    var bounds =
        new Bounds(
            row.textOrNull("networks"),
            root == null ? null : new FolderId(root),
            row.instantOrNull("expires_at"),
            linkEnd(row, token));
    return new Found(token, file, segments(row), bounds, lock(row, token), downloader(row, token));
  }

  /** The one of this row; none if the content has none. */
  private static List<Segment> segments(Row row) {
    String storeFile = row.textOrNull("store_file");
    return storeFile == null
        ? List.of()
        : List.of(new Segment(storeFile, row.number("offset_bytes"), row.number("segment_bytes")));
  }

  /** When the link ends that the token came by; null for the owner's and those of a share. */
  private static @Nullable Instant linkEnd(Row row, DownloadToken token) {
    return isByLink(row, token) ? AccessRules.end(row.text("acl")) : null;
  }

  private static Lock lock(Row row, DownloadToken token) {
    return isByLink(row, token)
        ? new Lock(AccessRules.read(row.text("acl")).until(null), password(row))
        : new Lock(AccessRules.NONE, null);
  }

  private static @Nullable String password(Row row) {
    String hash = row.textOrNull("password");
    return hash == null ? null : Passwords.setting(hash);
  }

  private static boolean isByLink(Row row, DownloadToken token) {
    return !token.flags().shared() && token.account() != row.number("account_id");
  }

  private static Downloads.@Nullable Downloader downloader(Row row, DownloadToken token) {
    String plan = row.textOrNull("plan");
    return plan == null
        ? null
        : new Downloads.Downloader(
            new AccountId(token.account()), Plan.valueOf(plan), token.key().number().orElse(null));
  }

  /**
   * What a token opens, where it ends by itself, what its link asked for, and whose it is: null for
   * a stranger's.
   */
  record Found(
      DownloadToken token,
      DownloadedFile file,
      List<Segment> segments,
      Bounds bounds,
      Lock lock,
      Downloads.@Nullable Downloader byOrNull) {}

  /**
   * What the link of a file asks for of who comes by it; nothing of anybody else.
   *
   * @param rules who is let in, whatever the end
   * @param passwordOrNull what stays of the hash of its password when only the hash is renewed
   */
  record Lock(AccessRules rules, @Nullable String passwordOrNull) {
    @Override
    public String toString() {
      return "Lock";
    }
  }

  /**
   * Where a token ends by itself: with its key, and with the link that it came by.
   *
   * @param networksOrNull the blocks of addresses that the key is for, a space apart; empty or null
   *     for all
   * @param rootOrNull the folder that the key sees, null for all
   * @param keyEndOrNull when the key ends by itself, null if it does not
   * @param linkEndOrNull when the link does, null if it does not
   */
  record Bounds(
      @Nullable String networksOrNull,
      @Nullable FolderId rootOrNull,
      @Nullable Instant keyEndOrNull,
      @Nullable Instant linkEndOrNull) {
    boolean isOver(Instant now) {
      return isKeyOver(now) || isOver(linkEndOrNull, now);
    }

    boolean isKeyOver(Instant now) {
      return isOver(keyEndOrNull, now);
    }

    private static boolean isOver(@Nullable Instant end, Instant now) {
      return end != null && !end.isAfter(now);
    }

    /** The blocks of addresses that the key is for; empty for all. */
    List<String> networks() {
      return networksOrNull == null || networksOrNull.isEmpty()
          ? List.of()
          : List.of(networksOrNull.split(" ", -1));
    }
  }
}
