package io.consigne.core.uploads;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.jobs.Background;
import io.consigne.core.tree.Confinement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reports of uploads, as long as they live. */
final class UploadReports {
  private static final int BATCH = 200;

  private static final String ITEMS =
      """
      SELECT i.name, i.size_bytes, i.removal_code, i.refusal, f.link, f.domain, f.modified_at,
        c.sha256, h.value AS whirlpool
      FROM upload_items i
      LEFT JOIN files f ON f.id = i.file_id AND f.removed_at IS NULL
      LEFT JOIN contents c ON c.id = f.content_id
      LEFT JOIN content_hashes h ON h.content_id = c.id AND h.algorithm = 'whirlpool'
      WHERE i.upload_id = ? AND (f.id IS NOT NULL OR i.file_id IS NULL)
      ORDER BY i.position
      """;

  /** Asked whenever any content of the host is hashed: it reads no more than it must. */
  private static final String PENDING =
      """
      SELECT f.id FROM upload_items i JOIN files f ON f.id = i.file_id AND f.removed_at IS NULL
      WHERE i.upload_id = ? AND NOT EXISTS (SELECT 1 FROM content_hashes h
        WHERE h.content_id = f.content_id AND h.algorithm = 'whirlpool' AND h.value IS NOT NULL)
      LIMIT 1
      """;

  private final Database database;
  private final InstantSource clock;
  private final Duration life;

  /** Reads reports of {@code database} that are not older than {@code life}. */
  UploadReports(Database database, InstantSource clock, Duration life) {
    this.database = database;
    this.clock = clock;
    this.life = life;
  }

  /** What is said when an id is used again. */
  static FailureException used(UploadId id) {
    return new Failure.Conflict("The upload id was used already: " + id).asException();
  }

  /** Whether an upload of that id was committed. */
  static boolean isUsed(Sql sql, UploadId id) {
    return sql.number("SELECT COUNT(*) FROM uploads WHERE id = ?", id.value()) > 0;
  }

  /** The report and whose it is. */
  Optional<Found> find(UploadId id) {
    return database.read(sql ->
        sql.first(
                """
                SELECT u.account_id, u.incoming FROM uploads u
                LEFT JOIN accounts a ON a.id = u.account_id
                WHERE u.id = ? AND u.finished_at > ? AND a.disabled_at IS NULL
                """,
                Head::read,
                id.value(),
                oldest())
            .map(head -> new Found(head.account(), report(sql, id, head))));
  }

  private static UploadReport report(Sql sql, UploadId id, Head head) {
    return new UploadReport(id, head.incoming(), sql.list(ITEMS, UploadReports::file, id.value()));
  }

  /** Whether the caller sees every folder that a file of the upload is in. */
  boolean isSeen(UploadId id, Access caller) {
    return database.read(sql ->
        !Confinement.isConfined(sql, caller)
            || folders(sql, id).stream()
                .allMatch(folder -> Confinement.isWithin(sql, folder, caller.root())));
  }

  private static List<FolderId> folders(Sql sql, UploadId id) {
    return sql.list(
        """
        SELECT DISTINCT f.folder_id FROM upload_items i JOIN files f ON f.id = i.file_id
        WHERE i.upload_id = ?
        """,
        row -> new FolderId(row.number("folder_id")),
        id.value());
  }

  /** Whether the Whirlpool of one of its files is not known yet. */
  boolean isPending(UploadId id) {
    return database.<Boolean>read(
        sql -> sql.first(PENDING, row -> row.number("id"), id.value()).isPresent());
  }

  /** Removes the reports that are too old, in bounded transactions. */
  void removeOld() {
    Instant oldest = oldest();
    int removed;
    do {
      removed = database.write(sql -> remove(sql, oldest));
    } while (removed == BATCH && !Background.isEnding());
  }

  private static int remove(Sql sql, Instant oldest) {
    List<String> old =
        sql.list(
            "SELECT id FROM uploads WHERE finished_at <= ? ORDER BY finished_at LIMIT ?",
            row -> row.text("id"),
            oldest,
            BATCH);
    for (String id : old) {
      sql.update("DELETE FROM upload_items WHERE upload_id = ?", id);
      sql.update("DELETE FROM uploads WHERE id = ?", id);
    }
    return old.size();
  }

  private Instant oldest() {
    return clock.instant().minus(life);
  }

  private static UploadedFile file(Row row) {
    String name = row.text("name");
    long size = row.number("size_bytes");
    String refusal = row.textOrNull("refusal");
    if (refusal != null) {
      return new UploadedFile.Refused(name, size, refusal, null);
    }
    return new UploadedFile.Kept(
        name,
        size,
        new LinkId(row.text("link")),
        (int) row.number("domain"),
        row.instant("modified_at"),
        row.text("sha256"),
        Objects.requireNonNullElse(row.textOrNull("whirlpool"), ""),
        Objects.requireNonNullElse(row.textOrNull("removal_code"), ""));
  }

  private record Head(@Nullable AccountId account, boolean incoming) {
    static Head read(Row row) {
      Long account = row.numberOrNull("account_id");
      return new Head(account == null ? null : new AccountId(account), row.flag("incoming"));
    }
  }

  /** A report and the account that uploaded, null for a guest. */
  record Found(@Nullable AccountId account, UploadReport report) {
    /** Whether that account may see it. */
    boolean isFor(AccountId caller) {
      return account == null || account.equals(caller);
    }
  }
}
