package io.consigne.core.tree;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.FolderId;

/**
 * The numbers of files that are about to be entered in a folder, and of the contents made for them.
 *
 * <p>A number begins with that of the folder and ends with one that the folder has not given
 * before. SQLite keeps rows in the order of their numbers: so those of a folder lie together,
 * whatever else was entered meanwhile, and a listing reads few pages of however large a database. A
 * number never changes and is never given again, also when its file has moved or is gone.
 */
public final class FileNumbers {
  private static final int BITS = 32;

  private long next;

  /** As that of the file, so that each file has another. */
  private long nextRevision;

  private FileNumbers(long next, long nextRevision) {
    this.next = next;
    this.nextRevision = nextRevision;
  }

  /** Draws {@code count} numbers, for files whose last is entered as that revision. */
  static FileNumbers draw(Sql sql, FolderId folder, int count, long lastRevision) {
    return new FileNumbers(draw(sql, folder, count), lastRevision - count + 1);
  }

  /** A number for a content alone. */
  static ContentId forContent(Sql sql, FolderId folder) {
    return new ContentId(draw(sql, folder, 1));
  }

  /** The first of {@code count} that follow each other. */
  private static long draw(Sql sql, FolderId folder, int count) {
    long given =
        sql.number(
            "UPDATE folders SET numbers = numbers + ? WHERE id = ? RETURNING numbers",
            count,
            folder.value());
    if (given >>> BITS != 0 || folder.value() >>> (Long.SIZE - 1 - BITS) != 0) {
      throw new IllegalStateException(
          "folder " + folder + " has no numbers left: it has given " + given);
    }
    return (folder.value() << BITS) + given - count;
  }

  /** What the next file is entered as. */
  public FileNumber next() {
    return new FileNumber(next++, nextRevision++);
  }
}
