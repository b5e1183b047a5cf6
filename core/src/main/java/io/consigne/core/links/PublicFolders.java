package io.consigne.core.links;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Action;
import io.consigne.core.defense.Door;
import io.consigne.core.defense.Guard;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.tree.FileFilter;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens public folders at {@code /dir/<token>}: the files directly in them, and what lies below
 * them if their address covers it. A folder with a password of its own has its own address alone.
 */
public final class PublicFolders {
  private final FolderSharing sharing;
  private final FileListing listing;
  private final Guard guard;
  private final InstantSource clock;

  /** Opens what {@code sharing} published. */
  public PublicFolders(
      FolderSharing sharing, FileListing listing, Guard guard, InstantSource clock) {
    this.clock = clock;
    this.sharing = sharing;
    this.listing = listing;
    this.guard = guard;
  }

  /**
   * The folder, if the password is right or none is needed.
   *
   * @param inside a folder below the public one; null for that one
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, also if the address does
   *     not cover {@code inside}; {@code PasswordMissing}, {@code PasswordWrong}, {@code Locked}
   */
  public Opened open(String token, @Nullable FolderId inside, Visitor visitor) {
    Folder folder =
        sharing.publicFolder(token).orElseThrow(() -> new Failure.NotFound().asException());
    String hash = folder.sharePasswordOrNull();
    if (hash != null) {
      Links.checkPassword(guard, door(token, folder, hash), visitor);
    }
    return new Opened(folder, inside == null ? List.of() : way(folder, inside));
  }

  /** The public folder itself. */
  public Opened open(String token, Visitor visitor) {
    return open(token, null, visitor);
  }

  private List<Folder> way(Folder published, FolderId inside) {
    return sharing
        .covered(published, inside)
        .filter(way -> !way.isEmpty())
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  private Door door(String token, Folder folder, String hash) {
    return new Door(
        "folder " + token,
        folder.account(),
        hash,
        Action.FOLDER_OPEN,
        folder.label(),
        renewed -> sharing.renewPassword(folder.id(), hash, renewed));
  }

  /**
   * The files of an opened folder that follow {@code after}; null for the first page. Those whose
   * links have ended are not among them: they are open by their links alone.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if the folder lies elsewhere
   *     by now, or is not opened by its address and password any more
   */
  public FileListing.Page files(Opened opened, @Nullable FileId after) {
    requireOpen(opened);
    Folder published = opened.published();
    var reader =
        new Access(published.account(), Plan.GUEST, Set.of(Right.READ), published.id(), null);
    Instant now = clock.instant();
    return listing
        .folder(reader, FolderRef.of(opened.folder().id()), FileFilter.ALL, after)
        .only(file -> !file.attributes().isOver(now));
  }

  /**
   * The folders in an opened one that its address covers and that follow the name {@code after}, by
   * name, up to {@link LinkLimits#FOLDERS_A_PAGE}; the empty name for the first page.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound} as {@link #files}
   */
  public List<Folder> folders(Opened opened, String after) {
    requireOpen(opened);
    return sharing.covered(opened.published(), opened.folder(), after, LinkLimits.FOLDERS_A_PAGE);
  }

  /**
   * Refuses who opened a folder that its owner has closed since: between two pages, or while a page
   * waits for its turn.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}
   */
  public void requireOpen(Opened opened) {
    boolean covered =
        opened.way().isEmpty()
            || sharing.covered(opened.published(), opened.folder().id()).isPresent();
    if (!covered || !sharing.isStillOpen(opened.published())) {
      throw new Failure.NotFound().asException();
    }
  }

  /** How many folders are directly in an opened one, also those that its address does not cover. */
  public long countFolders(Opened opened) {
    return sharing.folders(opened.folder());
  }

  /**
   * A folder that is open to a visitor.
   *
   * @param published the one with the public address
   * @param way from below it down to the one that is opened; empty if that is {@code published}
   */
  public record Opened(Folder published, List<Folder> way) {
    /** Copies the list. */
    public Opened {
      way = List.copyOf(way);
    }

    /** The folder that is shown. */
    public Folder folder() {
      return way.isEmpty() ? published : way.getLast();
    }
  }
}
