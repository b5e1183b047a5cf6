package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.accounts.Usage;
import io.consigne.core.db.Sql;
import io.consigne.core.db.UniqueViolation;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.LinkId;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Puts new files into folders, as a part of the caller's transaction. */
public final class FileEntry {
  private static final int LINKS_TRIED = 100;

  private final InstantSource clock;
  private final RandomGenerator random;

  /** Dates files by {@code clock} and draws links from {@code random}, which must be secure. */
  public FileEntry(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Finds a folder that the caller may put files into.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}
   */
  public Placement placement(Sql sql, Access access, FolderRef folder) {
    ReachedFolder reached = Reach.folder(sql, access, folder, Right.WRITE);
    return new Placement(reached.id(), reached.owner());
  }

  /**
   * As {@link #placement}; a folder that is gone stands for the root, since what was sent meanwhile
   * is not to be lost.
   */
  public Placement placementOrRoot(Sql sql, Access access, FolderRef folder) {
    try {
      return placement(sql, access, folder);
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.NotFound && !folder.equals(FolderRef.ROOT)) {
        return placement(sql, access, FolderRef.ROOT);
      }
      throw e;
    }
  }

  /**
   * Charges the owner for so many files at once, which are to be entered then. Returns their
   * numbers.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}, {@code TooManyItems};
   *     nothing was done then
   */
  public FileNumbers charge(Sql sql, Placement placement, long bytes, int files) {
    long revision = Usage.chargeChanges(sql, clock.instant(), placement.owner(), bytes, files);
    return FileNumbers.draw(sql, placement.folder(), files, revision);
  }

  /** Enters a file for which its owner is charged already, under that number. */
  public Entered enter(Sql sql, Placement placement, NewFile file, FileNumber number) {
    for (int tries = 1; ; tries++) {
      LinkId link = LinkId.draw(random, clock.instant());
      try {
        insert(sql, placement, file, link, number);
        return new Entered(number.file(), link);
      } catch (UniqueViolation taken) {
        if (tries == LINKS_TRIED) {
          throw taken; // it cannot be the links
        }
      }
    }
  }

  private void insert(Sql sql, Placement placement, NewFile file, LinkId link, FileNumber number) {
    sql.update(
        """
        INSERT INTO files (id, account_id, folder_id, name, content_id, size_bytes, link, domain,
          uploaded_at, modified_at, revision, description, password, inline, no_ssl, cdn, acl,
          removal_code)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?)
        """,
        number.value(),
        placement.owner().value(),
        placement.folder().value(),
        file.name().value(),
        file.content().value(),
        file.size(),
        link.value(),
        file.domain(),
        clock.instant(),
        file.modified(),
        number.revision(),
        file.password(),
        false,
        false,
        false,
        file.rules().stored(),
        file.removalCode());
  }

  /**
   * What a new file is known by.
   *
   * @param id its number
   * @param link its public id
   */
  public record Entered(FileId id, LinkId link) {}
}
