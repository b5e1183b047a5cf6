package io.consigne.cli.files;

import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Tree;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.cache.Found;
import io.consigne.client.cache.Sought;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What files that are sent take the place of. That is removed if it is still there: what somebody
 * has moved or renamed since it was decided is another file.
 */
final class Predecessors {
  private final Tree tree;

  Predecessors(Tree tree) {
    this.tree = tree;
  }

  /**
   * Removes those of files that are stored.
   *
   * @return the files of which the host does not tell whether theirs are there still
   */
  List<PlannedFile> remove(RemotePath path, FolderId folder, List<PlannedFile> stored)
      throws IOException {
    var names = new HashMap<FileLink, String>();
    for (PlannedFile file : stored) {
      file.replaced().forEach(link -> names.put(link, file.source().name()));
    }
    if (names.isEmpty()) {
      return List.of();
    }
    Map<FileLink, Found> found = new HashMap<>();
    // Wherever the folder is by now, both are in it.
    var sought = new Sought(CachedFolder.of(folder, path.text()), names, false);
    tree.listings().files().remove(List.of(sought), found::putAll);
    return stored.stream()
        .filter(file -> file.replaced().stream().anyMatch(link -> found.get(link) == Found.UNTOLD))
        .toList();
  }
}
