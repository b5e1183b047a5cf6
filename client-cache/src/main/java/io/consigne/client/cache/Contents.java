package io.consigne.client.cache;

import io.consigne.client.model.RemoteFile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

  /** The folder of a path; the account's own, if another shares one of that name. */
  Optional<CachedFolder> folder(String path) {
    return folders.stream()
        .filter(sub -> sub.path().equals(path))
        .min(Comparator.comparing(sub -> !sub.owned()));
  }
}
