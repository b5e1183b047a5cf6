package io.consigne.core.tree;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder as its caller sees it.
 *
 * @param folder the folder
 * @param root whether it is the caller's root
 * @param files how many files are directly in it
 * @param sizeBytes what they have together
 * @param folders those directly in it, by name
 * @param foreign in the caller's root: folders that other accounts share with it
 * @param shares to whom the caller's own folder is opened
 * @param sharedByOrNull when the folder is another account's: whose, and how far it is open
 */
public record FolderView(
    Folder folder,
    boolean root,
    long files,
    long sizeBytes,
    List<Folder> folders,
    List<ForeignFolder> foreign,
    List<Share> shares,
    @Nullable Share sharedByOrNull) {
  /** Copies the lists. */
  public FolderView {
    folders = List.copyOf(folders);
    foreign = List.copyOf(foreign);
    shares = List.copyOf(shares);
  }

  /** When the folder is another account's: whose, and how far it is open to the caller. */
  public Optional<Share> sharedBy() {
    return Optional.ofNullable(sharedByOrNull);
  }

  /**
   * A folder of another account.
   *
   * @param folder the folder
   * @param share its owner's e-mail, and how far it is open
   */
  public record ForeignFolder(Folder folder, Share share) {}
}
