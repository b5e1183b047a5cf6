package io.consigne.client.cache;

import io.consigne.client.model.RemoteFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All below a folder, by paths relative to it.
 *
 * @param folders that are known, the folder itself as the empty path
 * @param files by path; several may have one
 * @param cut folders of which the host does not tell all
 * @param foreign folders that other accounts share, if the folder itself is the account's own; what
 *     is in them is no part of it
 */
public record RemoteTree(
    Set<String> folders,
    Map<String, List<RemoteFile>> files,
    Set<String> cut,
    Set<String> foreign) {
  /** Nothing, not even the folder. */
  public static final RemoteTree NONE = new RemoteTree(Set.of(), Map.of(), Set.of(), Set.of());

  /** Copies. */
  public RemoteTree {
    folders = Set.copyOf(folders);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    cut = Set.copyOf(cut);
    foreign = Set.copyOf(foreign);
  }

  /**
   * The folder of another account in which something would lie.
   *
   * @param path of that
   * @return the path of the folder; empty if it would lie in the account's own
   */
  public Optional<String> foreignAbove(String path) {
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      String above = path.substring(0, end);
      if (foreign.contains(above)) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }
}
