package io.consigne.client.cache;

import io.consigne.client.model.RemoteFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All below a folder, by paths relative to it.
 *
 * @param folders that are known, the folder itself as the empty path
 * @param files by path; several may have one
 * @param cut folders of which the host does not tell all
 */
public record RemoteTree(
    Set<String> folders, Map<String, List<RemoteFile>> files, Set<String> cut) {
  /** Copies. */
  public RemoteTree {
    folders = Set.copyOf(folders);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    cut = Set.copyOf(cut);
  }
}
