package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.accounts.Usage;
import io.consigne.core.db.Sql;
import io.consigne.core.db.UniqueViolation;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.LinkId;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Puts new files into folders, as a part of the caller's transaction. */
public final class FileEntry {
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
   * Enters a file and charges its owner.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}; nothing was done then
   */
  public Entered add(Sql sql, Placement placement, NewFile file) {
    return enter(sql, placement, file, charge(sql, placement.owner(), file.size(), 1));
  }

  /**
   * Charges the owner for so many files at once, which are to be entered then. Returns the revision
   * of the last of them; those before have the numbers before.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}; nothing was done then
   */
  public long charge(Sql sql, AccountId owner, long bytes, int files) {
    return Usage.chargeChanges(sql, clock.instant(), owner, bytes, files);
  }

  /** Enters a file for which its owner is charged already, as that revision. */
  public Entered enter(Sql sql, Placement placement, NewFile file, long revision) {
    while (true) {
      LinkId link = LinkId.draw(random, clock.instant());
      try {
        return new Entered(insert(sql, placement, file, link, revision), link);
      } catch (UniqueViolation taken) {
        // Another link will do.
      }
    }
  }

  private FileId insert(Sql sql, Placement placement, NewFile file, LinkId link, long revision) {
    return new FileId(
        sql.number(
            """
            INSERT INTO files (account_id, folder_id, name, content_id, size_bytes, link, domain,
              uploaded_at, modified_at, revision, description, password, inline, no_ssl, cdn, acl,
              removal_code)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            placement.owner().value(),
            placement.folder().value(),
            file.name().value(),
            file.content().value(),
            file.size(),
            link.value(),
            file.domain(),
            clock.instant(),
            file.modified(),
            revision,
            file.password(),
            false,
            false,
            false,
            file.rules().stored(),
            file.removalCode()));
  }

  /**
   * What a new file is known by.
   *
   * @param id its number
   * @param link its public id
   */
  public record Entered(FileId id, LinkId link) {}
}
