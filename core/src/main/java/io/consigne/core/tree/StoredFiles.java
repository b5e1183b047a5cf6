package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.ChangeCounter;
import io.consigne.core.accounts.Right;
import io.consigne.core.accounts.Usage;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Actor;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Deeds;
import io.consigne.core.audit.Entry;
import io.consigne.core.blobs.Contents;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.LinkId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What callers do with files that they own or that are in a folder shared with them. Each call is
 * one transaction: all of it happens, or nothing.
 */
public final class StoredFiles {
  private final Database database;
  private final Contents contents;
  private final FileEntry entry;
  private final InstantSource clock;
  private final FileCopies copies;

  /** Works on the files of {@code database}. */
  public StoredFiles(Database database, Contents contents, FileEntry entry, InstantSource clock) {
    this.database = database;
    this.contents = contents;
    this.entry = entry;
    this.clock = clock;
    this.copies = new FileCopies(contents, entry, clock);
  }

  /**
   * A file that the caller reaches as owner or by a share.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}
   */
  public Reached get(Access access, FileRef ref) {
    return database.read(sql -> {
      StoredFile file = reach(sql, access, ref, Right.READ);
      boolean own = file.account().equals(access.account());
      String path = own ? Nesting.path(sql, access.root(), file.folder()) : "";
      return new Reached(file, own, path);
    });
  }

  /** As {@link #get}; empty when the caller has no right of its own to the file. */
  public Optional<Reached> find(Access access, FileRef ref) {
    try {
      return Optional.of(get(access, ref));
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.NotFound) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Removes files; those that are not there, or no longer, are skipped.
   *
   * @return the links of those that were removed
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if none of them is there;
   *     {@code NotAllowed} if one is shared for reading only
   */
  public List<LinkId> remove(Access access, List<LinkId> links) {
    return database.write(sql -> {
      List<LinkId> removed = remove(sql, access, links);
      if (removed.isEmpty()) {
        throw new Failure.NotFound().asException();
      }
      return removed;
    });
  }

  /** Removes files within the caller's transaction; it may be that none of them is there. */
  public List<LinkId> remove(Sql sql, Access access, List<LinkId> links) {
    var removed = new ArrayList<LinkId>();
    var deeds = new Deeds(access.actor(), Action.FILE_REMOVE);
    var files = new LinkedFiles(sql, access, Right.DELETE);
    for (LinkId link : links) {
      try {
        StoredFile file = files.find(link);
        remove(sql, file);
        deeds.add(file.account(), file.label());
        removed.add(link);
      } catch (FailureException e) {
        if (!(e.failure() instanceof Failure.NotFound)) {
          throw e;
        }
      }
    }
    if (!removed.isEmpty()) {
      deeds.note(sql, clock.instant());
    }
    return removed;
  }

  /** Removes a file, as a part of the caller's transaction, and notes who did it. */
  public void remove(Sql sql, StoredFile file, Actor actor) {
    remove(sql, file);
    AuditLog.add(
        sql, clock.instant(), Entry.done(file.account(), actor, Action.FILE_REMOVE, file.label()));
  }

  /** Removes a file, as a part of the caller's transaction; what it showed is kept for a while. */
  public void remove(Sql sql, StoredFile file) {
    int removed =
        sql.update(
            "UPDATE files SET removed_at = ?, revision = ? WHERE id = ? AND removed_at IS NULL",
            clock.instant(),
            ChangeCounter.next(sql, file.account()),
            file.id().value());
    if (removed == 1) {
      contents.dropReference(sql, file.content());
      Usage.release(sql, file.account(), file.size());
    }
  }

  /**
   * Moves files into a folder, and renames the only one of them if a name is given. Links stay.
   * Files that are there under that name already are skipped.
   *
   * @return the files that were moved
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}, {@code
   *     Invalid} if several would get one name, {@code NothingChanged} if all are there already,
   *     {@code QuotaExceeded} or {@code TooManyItems} if the folder's owner is another and has no
   *     room
   */
  public List<StoredFile> move(
      Access access, List<LinkId> links, FolderRef to, @Nullable FileName name) {
    checkOne(name, links.size());
    return database.write(sql -> {
      Placement target = entry.placement(sql, access, to);
      var deeds = new Deeds(access.actor(), Action.FILE_MOVE);
      var moved = new ArrayList<StoredFile>();
      var files = new LinkedFiles(sql, access, Right.WRITE);
      var blind = new BlindMove(sql, access, target.folder());
      for (LinkId link : links) {
        StoredFile file = files.find(link);
        blind.requireFile(file.folder());
        FileName newName = name == null ? file.name() : name;
        if (!target.folder().equals(file.folder()) || !newName.equals(file.name())) {
          StoredFile after = move(sql, access, file, target, newName);
          note(deeds, file, after);
          moved.add(after);
        }
      }
      if (moved.isEmpty()) {
        throw new Failure.NothingChanged(Failure.NothingChanged.What.FILE_PLACES).asException();
      }
      deeds.note(sql, clock.instant());
      return moved;
    });
  }

  /** Who gave a file away reads of it, and who got it. */
  private static void note(Deeds deeds, StoredFile before, StoredFile after) {
    String thing =
        before.label()
            + " from folder "
            + before.folder()
            + " to folder "
            + after.folder()
            + (after.name().equals(before.name()) ? "" : " as " + after.name());
    deeds.add(after.account(), thing);
    if (!before.account().equals(after.account())) {
      deeds.add(before.account(), thing);
    }
  }

  private StoredFile move(
      Sql sql, Access access, StoredFile file, Placement target, FileName name) {
    ContentId content = file.content();
    if (!target.owner().equals(file.account())) {
      access.require(Right.DELETE);
      content = RoomLeft.charged(sql, access, target.owner(), () -> changeOwner(sql, file, target));
    }
    sql.update(
        """
        UPDATE files SET account_id = ?, folder_id = ?, name = ?, content_id = ?, revision = ?
        WHERE id = ?
        """,
        target.owner().value(),
        target.folder().value(),
        name.value(),
        content.value(),
        ChangeCounter.nextAfter(sql, target.owner(), file.revision()),
        file.id().value());
    return byId(sql, file.id());
  }

  private ContentId changeOwner(Sql sql, StoredFile file, Placement target) {
    Usage.charge(sql, clock.instant(), target.owner(), file.size());
    ContentId own = FileNumbers.forContent(sql, target.folder());
    ContentId content = contents.shareWith(sql, file.content(), target.owner(), own);
    contents.dropReference(sql, file.content());
    Usage.release(sql, file.account(), file.size());
    ChangeCounter.next(sql, file.account());
    return content;
  }

  /**
   * Renames files.
   *
   * @return each file before and after
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}, {@code
   *     NothingChanged} if no name differs
   */
  public List<Renamed> rename(Access access, List<Rename> renames) {
    return database.write(sql -> {
      var renamed = new ArrayList<Renamed>();
      var deeds = new Deeds(access.actor(), Action.FILE_RENAME);
      var files = new LinkedFiles(sql, access, Right.WRITE);
      for (Rename rename : renames) {
        StoredFile file = files.find(rename.link());
        if (!file.name().equals(rename.name())) {
          setName(sql, file, rename.name());
          deeds.add(file.account(), file.label() + " to " + rename.name());
          renamed.add(new Renamed(file, byId(sql, file.id())));
        }
      }
      if (renamed.isEmpty()) {
        throw new Failure.NothingChanged(Failure.NothingChanged.What.FILE_PLACES).asException();
      }
      deeds.note(sql, clock.instant());
      return renamed;
    });
  }

  private static void setName(Sql sql, StoredFile file, FileName name) {
    sql.update(
        "UPDATE files SET name = ?, revision = ? WHERE id = ?",
        name.value(),
        ChangeCounter.next(sql, file.account()),
        file.id().value());
  }

  /**
   * Copies files into a folder; a copy has a link of its own, shares the stored bytes, and has none
   * of the original's passwords and rules. {@code name}, if given, is for the only one of them.
   *
   * @return the copies, in the order of the sources
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}, {@code
   *     QuotaExceeded}, {@code TooManyItems}, {@code TooLarge} for the caller's plan, {@code
   *     Invalid} if several would get one name
   */
  public List<StoredFile> copy(
      Access access, List<CopySource> sources, FolderRef to, @Nullable FileName name) {
    checkOne(name, sources.size());
    return database.write(sql -> copy(sql, access, sources, to, name));
  }

  /** As {@link #copy(Access, List, FolderRef, FileName)}, as a part of the caller's transaction. */
  public List<StoredFile> copy(
      Sql sql, Access access, List<CopySource> sources, FolderRef to, @Nullable FileName name) {
    return copies.make(sql, access, sources, to, name);
  }

  /**
   * Changes what the owner set about files.
   *
   * @return the links of those that were changed
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}, {@code
   *     Invalid} if several would get one name, {@code NothingChanged} if all is as wished already
   */
  public List<LinkId> change(Access access, List<LinkId> links, AttributeChange change) {
    change.rights().forEach(access::require);
    checkOne(change.name(), links.size());
    return database.write(sql -> {
      var changed = new ArrayList<LinkId>();
      var deeds = new Deeds(access.actor(), Action.FILE_CHANGE);
      var files = new LinkedFiles(sql, access, strictest(change));
      for (LinkId link : links) {
        StoredFile file = files.find(link);
        if (change.applyTo(sql, file)) {
          deeds.add(file.account(), file.label() + ": " + change.summary());
          changed.add(link);
        }
      }
      if (changed.isEmpty()) {
        throw new Failure.NothingChanged(Failure.NothingChanged.What.FILE_ATTRIBUTES).asException();
      }
      deeds.note(sql, clock.instant());
      return changed;
    });
  }

  /** Sharing is the owner's, so who may share may do the rest as well. */
  private static Right strictest(AttributeChange change) {
    return change.rights().contains(Right.SHARE) ? Right.SHARE : Right.WRITE;
  }

  private static void checkOne(@Nullable FileName name, int files) {
    if (name != null && files > 1) {
      throw new Failure.Invalid("name", name.value(), "is for one file, not for " + files)
          .asException();
    }
  }

  private static StoredFile reach(Sql sql, Access access, FileRef ref, Right right) {
    access.require(right);
    return switch (ref) {
      case FileRef.ByLink(LinkId link) -> {
        StoredFile file =
            FileRows.byLink(sql, link).orElseThrow(() -> new Failure.NotFound().asException());
        Reach.linked(sql, access, file, right);
        yield file;
      }
      case FileRef.ByName(FolderRef folder, FileName name) ->
          FileRows.byName(sql, Reach.folder(sql, access, folder, right).id(), name)
              .orElseThrow(() -> new Failure.NotFound().asException());
    };
  }

  private static StoredFile byId(Sql sql, FileId id) {
    return FileRows.byId(sql, id).orElseThrow(() -> new Failure.NotFound().asException());
  }

  /**
   * A file as its caller reaches it.
   *
   * @param file the file
   * @param own whether the caller owns it
   * @param path of its folder below the caller's root, {@code A/B}; empty for the root, and for
   *     files of others
   */
  public record Reached(StoredFile file, boolean own, String path) {}

  /** A name to give to a file. */
  public record Rename(LinkId link, FileName name) {}

  /** A file before and after it was renamed. */
  public record Renamed(StoredFile before, StoredFile after) {}
}
