package io.consigne.core.links;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.defense.Door;
import io.consigne.core.defense.Guard;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.ids.Sha256;
import io.consigne.core.tree.Confinement;
import io.consigne.core.tree.CopySource;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FileRows;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.tree.StoredFiles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens files to whoever comes with their link, by the rules that their owners set. */
public final class Links {
  private final Database database;
  private final StoredFiles files;
  private final Guard guard;
  private final LinkRules rules;
  private final InstantSource clock;

  /** Opens files of {@code database}. */
  public Links(
      Database database, StoredFiles files, Guard guard, Countries countries, InstantSource clock) {
    this.clock = clock;
    this.database = database;
    this.files = files;
    this.guard = guard;
    this.rules = new LinkRules(database, countries);
  }

  /**
   * A file that the visitor may read: its own, one shared with it, or any whose link's rules and
   * password let it in, unless the visitor is confined to a folder.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code NotAllowed}, {@code
   *     PasswordMissing}, {@code PasswordWrong}
   */
  public Opened open(FileRef ref, Visitor visitor) {
    Optional<Access> access = visitor.access();
    access.ifPresent(known -> known.require(Right.READ));
    Optional<StoredFiles.Reached> reached = access.flatMap(known -> files.find(known, ref));
    if (reached.isPresent()) {
      StoredFiles.Reached own = reached.get();
      return new Opened(own.file(), own.own() ? Way.OWN : Way.SHARE, own.path());
    }
    access.ifPresent(this::refuseConfined);
    return switch (ref) {
      case FileRef.ByLink(LinkId link) -> new Opened(openLink(link, visitor), Way.LINK, "");
      case FileRef.ByName _ -> throw new Failure.NotFound().asException();
    };
  }

  private void refuseConfined(Access access) {
    if (database.read(sql -> Confinement.isConfined(sql, access))) {
      throw new Failure.NotFound().asException();
    }
  }

  private StoredFile openLink(LinkId link, Visitor visitor) {
    StoredFile file = find(link).orElseThrow(() -> new Failure.NotFound().asException());
    rules.check(file.attributes().rules(), visitor);
    String hash = file.attributes().password();
    if (hash != null) {
      checkPassword(guard, door(file, hash), visitor);
    }
    return file;
  }

  private Door door(StoredFile file, String hash) {
    return new Door(
        "file " + file.link(),
        file.account(),
        hash,
        Action.FILE_OPEN,
        file.label(),
        renewed ->
            database.write(sql ->
                sql.update(
                    "UPDATE files SET password = ? WHERE id = ? AND password = ?",
                    renewed,
                    file.id().value(),
                    hash)));
  }

  /**
   * The file of a link, closed or not, as long as the link has not ended and its account is open.
   */
  public Optional<StoredFile> find(LinkId link) {
    Instant now = clock.instant();
    return database.read(sql ->
        FileRows.byLink(sql, link)
            .filter(file -> !file.attributes().isOver(now))
            .filter(file ->
                sql.number(
                        "SELECT COUNT(*) FROM accounts WHERE id = ? AND disabled_at IS NULL",
                        file.account().value())
                    == 1));
  }

  static void checkPassword(Guard guard, Door door, Visitor visitor) {
    String given = visitor.passwordOrNull();
    if (given == null || given.isEmpty()) {
      throw new Failure.PasswordMissing().asException();
    }
    if (!guard.opens(door, visitor.actor(), visitor.caller(), given)) {
      throw new Failure.PasswordWrong().asException();
    }
  }

  /**
   * Removes what guests uploaded, by the codes of their removal links, and then files that the
   * caller reaches: all of it, or nothing. What is not there, or no longer, is skipped.
   *
   * @param codes of each link; for a caller that is confined to a folder there is no such file
   * @return the links of those that were removed
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if none of them is there;
   *     {@code NotAllowed} if the caller may remove nothing, or one is shared for reading only
   */
  public List<LinkId> remove(Access caller, Map<LinkId, String> codes, List<LinkId> own) {
    caller.require(Right.DELETE);
    return database.write(sql -> {
      var removed = new ArrayList<LinkId>();
      if (!codes.isEmpty() && !Confinement.isConfined(sql, caller)) {
        codes.forEach((link, code) ->
            findGuestFile(sql, link, code)
                .ifPresent(file -> {
                  files.remove(sql, file, caller.actor());
                  removed.add(link);
                }));
      }
      removed.addAll(files.remove(sql, caller, own));
      if (removed.isEmpty()) {
        throw new Failure.NotFound().asException();
      }
      return removed;
    });
  }

  /**
   * Removes what a guest uploaded.
   *
   * @param code from the removal link
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if the link or the code is
   *     wrong
   */
  public StoredFile removeByCode(LinkId link, String code, Caller caller) {
    return database.write(sql -> {
      StoredFile file = guestFile(sql, link, code);
      files.remove(sql, file, Actor.stranger(caller));
      return file;
    });
  }

  /**
   * The file that a removal link would remove.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}
   */
  public StoredFile findByCode(LinkId link, String code) {
    return database.read(sql -> guestFile(sql, link, code));
  }

  private static StoredFile guestFile(Sql sql, LinkId link, String code) {
    return findGuestFile(sql, link, code).orElseThrow(() -> new Failure.NotFound().asException());
  }

  private static Optional<StoredFile> findGuestFile(Sql sql, LinkId link, String code) {
    return sql.first(
            "SELECT id FROM files WHERE link = ? AND removal_code = ? AND removed_at IS NULL",
            row -> new FileId(row.number("id")),
            link.value(),
            Sha256.hex(code))
        .flatMap(id -> FileRows.byId(sql, id));
  }

  /** By what right a file was opened. */
  public enum Way {
    /** The visitor owns it. */
    OWN,
    /** Its folder, or one above it, is shared with the visitor. */
    SHARE,
    /** As anybody, by its link's rules and password. */
    LINK
  }

  /**
   * A file that was opened.
   *
   * @param file the file, as it was then
   * @param way by what right
   * @param path of its folder below the visitor's root, if it is the visitor's own
   */
  public record Opened(StoredFile file, Way way, String path) {
    /** Whether the visitor owns it. */
    public boolean own() {
      return way == Way.OWN;
    }

    /** What was opened, as the source of a copy. */
    public CopySource source() {
      return new CopySource(file, way != Way.LINK);
    }
  }
}
