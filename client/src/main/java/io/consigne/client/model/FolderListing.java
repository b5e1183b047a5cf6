package io.consigne.client.model;

import java.util.List;

/**
 * What is directly inside a folder.
 *
 * @param folder itself
 * @param folders inside
 * @param files inside; several may have one name
 * @param isWhole whether the host is known to have told all: 1fichier.com stops at 5,000 files, so
 *     never remove anything because it is missing in a listing that is not whole
 */
public record FolderListing(
    Folder folder, List<Folder> folders, List<RemoteFile> files, boolean isWhole) {
  /** Copies. */
  public FolderListing {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }
}
