package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.ChangeCounter;
import io.consigne.core.accounts.Right;
import io.consigne.core.accounts.Usage;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What callers do with folders. Each call is one transaction. */
public final class Folders {
  private final Database database;
  private final InstantSource clock;

  /** Works on the folders of {@code database}. */
  public Folders(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The folder with its sub-folders, without its files.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}
   */
  public FolderView view(Access access, FolderRef ref) {
    return database.read(
        sql -> FolderViews.of(sql, access, Reach.folder(sql, access, ref, Right.READ)));
  }

  /**
   * Makes a folder in {@code parent}; if there is one of that name, that one is the answer.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}, {@code
   *     Conflict} if the folders would be nested too deep, {@code TooManyItems}
   */
  public Folder make(Access access, FolderRef parent, FileName name) {
    return database.write(sql -> {
      ReachedFolder in = Reach.folder(sql, access, parent, Right.WRITE);
      return child(sql, in.id(), name)
          .orElseGet(() -> {
            Folder made = insert(sql, in, name);
            note(sql, access, Action.FOLDER_MAKE, made, "");
            return made;
          });
    });
  }

  /** Makes sure that an account has a folder of that name in its root, and returns it. */
  public FolderId incoming(Sql sql, AccountId account, FolderId root, FileName name) {
    return child(sql, root, name)
        .orElseGet(() -> insert(sql, new ReachedFolder(root, account, true, true, false), name))
        .id();
  }

  private Folder insert(Sql sql, ReachedFolder in, FileName name) {
    Nesting.checkPlace(sql, in.id());
    Nesting.checkRoom(sql, in.id(), 1);
    long id =
        sql.number(
            """
            INSERT INTO folders (account_id, parent_id, name, created_at, revision)
            VALUES (?, ?, ?, ?, ?) RETURNING id
            """,
            in.owner().value(),
            in.id().value(),
            name.value(),
            clock.instant(),
            Usage.addFolder(sql, in.owner()));
    return get(sql, new FolderId(id));
  }

  /**
   * Moves a folder, renames it, or both.
   *
   * @param to the new parent, or null to leave it where it is
   * @param name the new name, or null to keep it
   * @return the folder before and after
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}, {@code
   *     Conflict} if the name is taken, the folder would be below itself, nested too deep or
   *     another account's, {@code NothingChanged}
   */
  public Moved move(Access access, FolderRef ref, @Nullable FolderRef to, @Nullable FileName name) {
    return database.write(sql -> {
      ReachedFolder reached = Reach.folder(sql, access, ref, Right.WRITE);
      Folder before = movable(sql, access, reached, Right.WRITE);
      FolderId parent = to == null ? parent(before) : destination(sql, access, reached, to).id();
      String newName = name == null ? before.name() : name.value();
      if (parent.equals(before.parentOrNull()) && newName.equals(before.name())) {
        throw new Failure.NothingChanged(Failure.NothingChanged.What.FOLDER_PLACE).asException();
      }
      if (!parent.equals(before.parentOrNull())) {
        new BlindMove(sql, access, parent).requireFolder(before.id());
      }
      place(sql, before, parent, newName);
      note(sql, access, Action.FOLDER_MOVE, before, " to folder " + parent + " as " + newName);
      return new Moved(before, get(sql, before.id()));
    });
  }

  private static void place(Sql sql, Folder folder, FolderId parent, String name) {
    if (Nesting.isWithin(sql, parent, folder.id())) {
      throw new Failure.Conflict("A folder cannot be moved into itself").asException();
    }
    if (child(sql, parent, new FileName(name)).isPresent()) {
      throw new Failure.Conflict("There is a folder of that name already: " + name).asException();
    }
    if (!parent.equals(folder.parentOrNull())) {
      Nesting.checkPlace(sql, parent);
    }
    Nesting.checkRoom(sql, parent, Nesting.levels(sql, folder.id()));
    sql.update(
        "UPDATE folders SET parent_id = ?, name = ?, revision = ? WHERE id = ?",
        parent.value(),
        name,
        ChangeCounter.next(sql, folder.account()),
        folder.id().value());
  }

  private static ReachedFolder destination(
      Sql sql, Access access, ReachedFolder source, FolderRef to) {
    ReachedFolder destination = Reach.folder(sql, access, to, Right.WRITE);
    if (!destination.owner().equals(source.owner())) {
      throw new Failure.Conflict("A folder cannot be moved to another account; copy its files")
          .asException();
    }
    return destination;
  }

  /**
   * Removes an empty folder.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}, {@code
   *     Conflict} if it holds files or folders
   */
  public void remove(Access access, FolderRef ref) {
    database.change(sql -> {
      Folder folder =
          movable(sql, access, Reach.folder(sql, access, ref, Right.DELETE), Right.DELETE);
      long held =
          sql.number(
              """
              SELECT (SELECT COUNT(*) FROM folders WHERE parent_id = ?)
                + (SELECT COUNT(*) FROM files WHERE folder_id = ? AND removed_at IS NULL)
              """,
              folder.id().value(),
              folder.id().value());
      if (held > 0) {
        throw new Failure.Conflict(
                "The folder is not empty: it holds " + held + (held == 1 ? " item" : " items"))
            .asException();
      }
      sql.update("DELETE FROM folder_shares WHERE folder_id = ?", folder.id().value());
      sql.update("DELETE FROM folders WHERE id = ?", folder.id().value());
      note(sql, access, Action.FOLDER_REMOVE, folder, "");
      Usage.removeFolder(sql, folder.account());
    });
  }

  private void note(Sql sql, Access access, Action action, Folder folder, String what) {
    AuditLog.add(
        sql,
        clock.instant(),
        Entry.done(folder.account(), access.actor(), action, folder.label() + what));
  }

  private static Folder movable(Sql sql, Access access, ReachedFolder reached, Right right) {
    Folder folder = get(sql, reached.id());
    if (folder.parentOrNull() == null || folder.id().equals(access.root())) {
      throw new Failure.NotAllowed("the root folder stays where it is").asException();
    }
    if (!reached.own() && !Reach.reaches(sql, access, parent(folder), right)) {
      throw new Failure.NotAllowed("a shared folder stays where its owner put it").asException();
    }
    return folder;
  }

  private static FolderId parent(Folder folder) {
    return Objects.requireNonNull(folder.parentOrNull());
  }

  static Folder get(Sql sql, FolderId id) {
    return sql.first(
            "SELECT " + Folder.COLUMNS + " FROM folders WHERE id = ?", Folder::read, id.value())
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  static Optional<Folder> child(Sql sql, FolderId parent, FileName name) {
    return sql.first(
        "SELECT " + Folder.COLUMNS + " FROM folders WHERE parent_id = ? AND name = ?",
        Folder::read,
        parent.value(),
        name.value());
  }

  static List<Folder> children(Sql sql, FolderId parent) {
    return sql.list(
        "SELECT " + Folder.COLUMNS + " FROM folders WHERE parent_id = ? ORDER BY name",
        Folder::read,
        parent.value());
  }

  /** Those without a password of their own. */
  static List<Folder> openChildren(Sql sql, FolderId parent, String after, int most) {
    return sql.list(
        "SELECT "
            + Folder.COLUMNS
            + " FROM folders WHERE parent_id = ? AND name > ? AND share_password IS NULL"
            + " ORDER BY name LIMIT ?",
        Folder::read,
        parent.value(),
        after,
        most);
  }

  /** Where a folder was and where it is now. */
  public record Moved(Folder before, Folder after) {}
}
