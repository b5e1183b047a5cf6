package io.consigne.core.tree;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.ChangeCounter;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.db.UniqueViolation;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.RandomText;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens folders: to everybody under a public address, and to other accounts. */
public final class FolderSharing {
  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Works on {@code database} and draws tokens from {@code random}, which must be secure. */
  public FolderSharing(Database database, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens and closes a folder of the caller's own.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}; {@code Invalid} if a guest
   *     has no account here; {@code Conflict} if a guest sees very many folders of others, or many
   *     of the caller's, already, or if it is closed whose password alone keeps it out of what one
   *     above it opens
   */
  public Folder change(Access access, FolderRef ref, Change change) {
    return database.write(sql -> {
      ReachedFolder reached = Reach.folder(sql, access, ref, Right.SHARE);
      Folder folder = Folders.get(sql, reached.id());
      publish(sql, folder, change);
      if (change.shares() != null) {
        FolderGuests.set(sql, folder, change.shares());
      }
      touch(sql, folder);
      note(sql, access, folder, change.summary());
      return Folders.get(sql, folder.id());
    });
  }

  /**
   * Takes the caller off those to whom a folder of another account is opened. Nothing of its owner
   * is changed. What its owner opens less far than a folder above it stays so: else the guest would
   * get there what is opened above.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}; {@code NotAllowed} if one
   *     above it is opened to the caller, too; {@code Conflict} if it is the caller's own
   */
  public void leave(Access access, FolderRef ref) {
    access.require(Right.SHARE);
    database.change(sql -> {
      ReachedFolder reached = Reach.folder(sql, access, ref);
      if (reached.own()) {
        throw new Failure.Conflict("This folder is your own").asException();
      }
      Folder folder = Folders.get(sql, reached.id());
      FolderId above = folder.parentOrNull();
      if (above != null && Reach.isOpened(sql, above, access.account())) {
        throw new Failure.NotAllowed("a folder above this one is shared with you: leave that one")
            .asException();
      }
      noteLeft(sql, access, folder);
      sql.update(
          "DELETE FROM folder_shares WHERE folder_id = ? AND account_id = ?",
          folder.id().value(),
          access.account().value());
    });
  }

  private void noteLeft(Sql sql, Access access, Folder folder) {
    touch(sql, folder);
    String guest =
        sql.list(
                "SELECT email FROM accounts WHERE id = ?",
                row -> row.text("email"),
                access.account().value())
            .getFirst();
    note(sql, access, folder, "left by " + guest);
  }

  private static void touch(Sql sql, Folder folder) {
    sql.update(
        "UPDATE folders SET revision = ? WHERE id = ?",
        ChangeCounter.next(sql, folder.account()),
        folder.id().value());
  }

  private void note(Sql sql, Access access, Folder folder, String what) {
    AuditLog.add(
        sql,
        clock.instant(),
        Entry.done(
            folder.account(), access.actor(), Action.FOLDER_SHARE, folder.label() + ": " + what));
  }

  private void publish(Sql sql, Folder folder, Change change) {
    boolean open = change.open() == null ? folder.shareToken().isPresent() : change.open();
    if (!open && folder.sharePassword()) {
      requireUncovered(sql, folder);
    }
    sql.update(
        "UPDATE folders SET share_password = ? WHERE id = ?",
        open ? change.password().appliedTo(folder.sharePasswordOrNull()) : null,
        folder.id().value());
    Coverage before = Coverage.of(folder);
    Coverage after = change.below() == null ? before : Coverage.of(change.below());
    if (!open) {
      setToken(sql, folder.id(), null);
    } else if (folder.shareToken().isEmpty() || after != before) {
      giveToken(sql, folder.id(), after);
    }
  }

  /** Refuses to take the lock off a folder that would be open to more people without it. */
  private static void requireUncovered(Sql sql, Folder locked) {
    for (Folder above : Nesting.above(sql, locked.id())) {
      if (above.sharesBelow()) {
        throw new Failure.Conflict(
                "A folder above this one is public with all folders inside, and only the password"
                    + " of this one keeps it out: end that address first, or make it one of files"
                    + " alone")
            .asException();
      }
      if (above.sharePassword()) {
        return;
      }
    }
  }

  private void giveToken(Sql sql, FolderId folder, Coverage covered) {
    while (true) {
      try {
        setToken(sql, folder, RandomText.draw(random, RandomText.BASE62, covered.tokenLength()));
        return;
      } catch (UniqueViolation taken) {
        // Another token will do.
      }
    }
  }

  private static void setToken(Sql sql, FolderId folder, @Nullable String token) {
    sql.update("UPDATE folders SET share_token = ? WHERE id = ?", token, folder.value());
  }

  /** Takes a new hash of the same password, unless the password has changed meanwhile. */
  public void renewPassword(FolderId folder, String before, String renewed) {
    database.change(sql ->
        sql.update(
            "UPDATE folders SET share_password = ? WHERE id = ? AND share_password = ?",
            renewed,
            folder.value(),
            before));
  }

  /** Whether the folder, or one above it, is opened to the account at present. */
  public static boolean isOpened(Sql sql, FolderId folder, AccountId guest) {
    return Reach.isOpened(sql, folder, guest);
  }

  /** The public folder of that token, if its account is open. */
  public Optional<Folder> publicFolder(String token) {
    if (!Coverage.isToken(token)) {
      return Optional.empty();
    }
    return database.read(sql ->
        sql.first(
            "SELECT "
                + Folder.COLUMNS
                + " FROM folders WHERE share_token = ? AND EXISTS (SELECT 1 FROM accounts"
                + " WHERE accounts.id = folders.account_id AND disabled_at IS NULL)",
            Folder::read,
            token));
  }

  /**
   * Whether a public folder still has the address that it was found with, and no other password. A
   * password that was only hashed anew is the same.
   */
  public boolean isStillOpen(Folder published) {
    return published
        .shareToken()
        .flatMap(this::publicFolder)
        .filter(now -> now.id().equals(published.id()))
        .filter(now ->
            !now.sharePassword()
                || now.revision() == published.revision()
                || Objects.equals(now.sharePasswordOrNull(), published.sharePasswordOrNull()))
        .isPresent();
  }

  /**
   * The folders from below a public one down to {@code inside}, if its address covers that one. A
   * folder with a password of its own is not covered, nor is what lies below it.
   */
  public Optional<List<Folder>> covered(Folder published, FolderId inside) {
    if (Coverage.of(published) == Coverage.FILES) {
      return Optional.empty();
    }
    return database
        .read(sql -> Nesting.between(sql, published.id(), inside))
        .filter(way -> way.stream().noneMatch(Folder::sharePassword));
  }

  /**
   * The folders directly in a covered one that are covered too, by name, after that name.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if it lies elsewhere by now
   */
  public List<Folder> covered(Folder published, Folder opened, String after, int most) {
    return Coverage.of(published) == Coverage.FILES
        ? List.of()
        : database.read(sql -> {
          if (Nesting.between(sql, published.id(), opened.id()).isEmpty()) {
            throw new Failure.NotFound().asException();
          }
          return Folders.openChildren(sql, opened.id(), after, most);
        });
  }

  /** How many folders are directly in one. */
  public long folders(Folder opened) {
    return database.read(sql -> Nesting.held(sql, opened.id()));
  }

  /**
   * What to change; null leaves as it is.
   *
   * @param open whether the folder has a public address
   * @param password what becomes of the password of that address
   * @param shares all accounts that it is opened to; an empty list closes it to all
   * @param below whether its address opens what lies below it, too; another address does so
   */
  public record Change(
      @Nullable Boolean open,
      AttributeChange.PasswordChange password,
      @Nullable List<Share> shares,
      @Nullable Boolean below) {
    /** A change that leaves how much the address opens. */
    public Change(
        @Nullable Boolean open,
        AttributeChange.PasswordChange password,
        @Nullable List<Share> shares) {
      this(open, password, shares, null);
    }

    /** What is changed, for the audit log: no value that could be a secret. */
    String summary() {
      String address = open == null ? "" : open ? "public" : "not public";
      String covered = below == null ? "" : below ? "with folders" : "without folders";
      String secret =
          switch (password) {
            case AttributeChange.PasswordChange.Keep _ -> "";
            case AttributeChange.PasswordChange.Remove _ -> "no password";
            case AttributeChange.PasswordChange.Set _ -> "password";
          };
      String guests =
          shares == null
              ? ""
              : "shared with "
                  + (shares.isEmpty()
                      ? "nobody"
                      : shares.stream().map(Share::email).collect(Collectors.joining(" ")));
      return Stream.of(address, covered, secret, guests)
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining(", "));
    }
  }
}
