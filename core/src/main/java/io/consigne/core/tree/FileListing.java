package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.accounts.Standing;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists files in pages, in the order of their numbers, so that memory is bounded however many there
 * are: those of a folder as they were taken in, and those that came from another before or behind
 * them. Each page is one state of the database; a file that exists all the while is listed exactly
 * once. As a client may take long over each, the caller is looked at again before the next.
 */
public final class FileListing {
  private static final String BELOW =
      """
      f.folder_id IN (
        WITH RECURSIVE below (id) AS (
          SELECT id FROM folders WHERE id = ?
          UNION
          SELECT c.id FROM folders c JOIN below ON c.parent_id = below.id
        )
        SELECT id FROM below)
      """;

  private final Database database;
  private final InstantSource clock;
  private final int pageLength;

  /** Lists the files of {@code database}, up to a thousand a page. */
  public FileListing(Database database, InstantSource clock) {
    this(database, clock, TreeLimits.FILES_A_PAGE);
  }

  FileListing(Database database, InstantSource clock, int pageLength) {
    this.database = database;
    this.clock = clock;
    this.pageLength = pageLength;
  }

  /**
   * The files of one folder that follow {@code after}.
   *
   * @param after the last file of the page before, null for the first page
   * @throws io.consigne.core.failure.FailureException {@code NotFound}; {@code NotAuthenticated} if
   *     what opened the caller's account does not do so any more after the first page
   */
  public Page folder(Access access, FolderRef ref, FileFilter filter, @Nullable FileId after) {
    return database.read(sql -> {
      requireStanding(sql, access, after);
      ReachedFolder folder = Reach.folder(sql, access, ref, Right.READ);
      return page(
          rows(sql, " f.folder_id = ?", folder.id().value(), filter, after),
          folder.hideLinks(),
          Map.of());
    });
  }

  /**
   * The files of everything that the caller owns and sees that follow {@code after}, with the paths
   * of their folders.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated} as {@link #folder}
   */
  public Page everything(Access access, FileFilter filter, @Nullable FileId after) {
    access.require(Right.READ);
    return database.read(sql -> {
      requireStanding(sql, access, after);
      List<StoredFile> files =
          Confinement.isConfined(sql, access)
              ? rows(sql, BELOW, access.root().value(), filter, after)
              : rows(sql, " f.account_id = ?", access.account().value(), filter, after);
      var paths = new HashMap<FolderId, String>();
      for (StoredFile file : files) {
        paths.computeIfAbsent(file.folder(), id -> Nesting.path(sql, access.root(), id));
      }
      return page(files, false, paths);
    });
  }

  /**
   * How many bytes the files have together that a caller sees who is confined to a folder; empty
   * for one that sees the whole account, whose bytes are counted there.
   */
  public OptionalLong confinedBytes(Access access) {
    access.require(Right.ACCOUNT);
    return database.read(sql ->
        Confinement.isConfined(sql, access)
            ? OptionalLong.of(
                sql.number(
                    "SELECT COALESCE(SUM(f.size_bytes), 0) FROM files f"
                        + " WHERE f.removed_at IS NULL AND "
                        + BELOW,
                    access.root().value()))
            : OptionalLong.empty());
  }

  /** Whoever asks for a first page was known just now. */
  private void requireStanding(Sql sql, Access access, @Nullable FileId after) {
    if (after != null) {
      Standing.require(sql, access, clock.instant());
    }
  }

  private List<StoredFile> rows(
      Sql sql, String where, long which, FileFilter filter, @Nullable FileId after) {
    return sql.list(
        FileRows.SELECT
            + where
            + " AND f.id > ? AND f.uploaded_at >= ? AND f.uploaded_at <= ? ORDER BY f.id LIMIT ?",
        FileRows::readListed,
        which,
        after == null ? 0L : after.value(),
        filter.sentAfter(),
        filter.sentBefore(),
        pageLength);
  }

  private Page page(List<StoredFile> files, boolean hide, Map<FolderId, String> paths) {
    FileId last = files.size() < pageLength ? null : files.getLast().id();
    return new Page(files, hide, paths, last);
  }

  /** The pages of one listing. */
  @FunctionalInterface
  public interface Pages {
    /** The page that follows a file; null for the first. */
    Page after(@Nullable FileId last);
  }

  /**
   * Reads the first of {@code pages} now, and gives it out once: nobody else holds a page while it
   * is written, which may take as long as a client likes.
   */
  public static Pages begun(Pages pages) {
    var first = new ArrayDeque<>(List.of(pages.after(null)));
    return last -> last == null ? first.remove() : pages.after(last);
  }

  /**
   * A part of a listing. Its files have no descriptions, and of their rules they have no more than
   * that there are some and when they end.
   *
   * @param files the files
   * @param hideLinks whether the caller is not shown their links
   * @param paths of their folders, when everything is listed
   * @param lastOrNull where the next page goes on, null at the end
   */
  public record Page(
      List<StoredFile> files,
      boolean hideLinks,
      Map<FolderId, String> paths,
      @Nullable FileId lastOrNull) {
    /** Copies. */
    public Page {
      files = List.copyOf(files);
      paths = Map.copyOf(paths);
    }

    /** Without the files that do not fit; the next page is the same. */
    public Page only(Predicate<StoredFile> fits) {
      return new Page(files.stream().filter(fits).toList(), hideLinks, paths, lastOrNull);
    }

    /** Where the next page goes on; empty at the end. */
    public Optional<FileId> last() {
      return Optional.ofNullable(lastOrNull);
    }
  }
}
