package io.consigne.core.links;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.audit.Action;
import io.consigne.core.defense.Door;
import io.consigne.core.defense.Guard;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FileId;
import io.consigne.core.tree.FileFilter;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens public folders at {@code /dir/<token>}: the files directly in them, no sub-folders. */
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
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code PasswordMissing},
   *     {@code PasswordWrong}, {@code Locked}
   */
  public Folder open(String token, Visitor visitor) {
    Folder folder =
        sharing.publicFolder(token).orElseThrow(() -> new Failure.NotFound().asException());
    String hash = folder.sharePasswordOrNull();
    if (hash != null) {
      Links.checkPassword(guard, door(token, folder, hash), visitor);
    }
    return folder;
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
   */
  public FileListing.Page files(Folder opened, @Nullable FileId after) {
    var reader = new Access(opened.account(), Plan.GUEST, Set.of(Right.READ), opened.id(), null);
    Instant now = clock.instant();
    return listing
        .folder(reader, FolderRef.ROOT, FileFilter.ALL, after)
        .only(file -> !file.attributes().isOver(now));
  }
}
