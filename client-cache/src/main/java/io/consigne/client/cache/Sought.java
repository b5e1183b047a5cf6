package io.consigne.client.cache;

import io.consigne.client.model.FileLink;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Files of one folder that are to be removed where they are still there.
 *
 * @param folder in which they were
 * @param names that they had, by their links
 * @param byPath whether the folder counts as another one once it has another path
 */
public record Sought(CachedFolder folder, Map<FileLink, String> names, boolean byPath) {
  /** Copies. */
  public Sought {
    names = Map.copyOf(names);
  }

  Sought without(Set<FileLink> done) {
    return new Sought(
        folder,
        names.entrySet().stream()
            .filter(file -> !done.contains(file.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        byPath);
  }
}
