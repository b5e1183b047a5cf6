package io.consigne.core.links;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.FileId;
import io.consigne.core.tree.FileFilter;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens public folders at {@code /dir/<token>}: the files directly in them, no sub-folders. */
public final class PublicFolders {
  private final FolderSharing sharing;
  private final FileListing listing;
  private final Passwords passwords;

  /** Opens what {@code sharing} published. */
  public PublicFolders(FolderSharing sharing, FileListing listing, Passwords passwords) {
    this.sharing = sharing;
    this.listing = listing;
    this.passwords = passwords;
  }

  /**
   * The folder, if the password is right or none is needed.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}, {@code PasswordMissing},
   *     {@code PasswordWrong}
   */
  public Folder open(String token, @Nullable String password) {
    Folder folder =
        sharing.publicFolder(token).orElseThrow(() -> new Failure.NotFound().asException());
    String hash = folder.sharePasswordOrNull();
    if (hash != null) {
      Links.checkPassword(passwords, hash, password);
    }
    return folder;
  }

  /** The files of an opened folder that follow {@code after}; null for the first page. */
  public FileListing.Page files(Folder opened, @Nullable FileId after) {
    var reader = new Access(opened.account(), Plan.GUEST, Set.of(Right.READ), opened.id(), null);
    return listing.folder(reader, FolderRef.ROOT, FileFilter.ALL, after);
  }
}
