package io.consigne.client.cache;

import io.consigne.client.model.RemoteFile;
import java.util.List;

/**
 * What is directly inside a folder.
 *
 * @param folder itself
 * @param folders inside
 * @param files inside; several may have one name
 * @param isWhole whether the host is known to have told all
 */
public record Contents(
    CachedFolder folder, List<CachedFolder> folders, List<RemoteFile> files, boolean isWhole) {
  /** Copies. */
  public Contents {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }
}
