package io.consigne.cli.files;

import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of one account is to be removed. */
final class Doomed {
  /** How many files a host removes in one call. */
  private static final int AT_ONCE = 500;

  private final Tree tree;
  private final Set<FileLink> links = new LinkedHashSet<>();

  /** Each before what is in it. */
  private final Map<FolderId, CachedFolder> folders = new LinkedHashMap<>();

  private long sizeBytes;

  Doomed(Tree tree) {
    this.tree = tree;
  }

  /**
   * Adds a file, or a folder with all that is below.
   *
   * @throws Problem if a file has no link to remove it by, or the host does not list all
   */
  void add(Entry entry) throws IOException {
    switch (entry) {
      case Entry.OfFile file -> {
        // It may be named twice, or be in a folder that is.
        if (links.add(RemoteTarget.link(file))) {
          sizeBytes += file.file().sizeBytes();
        }
      }
      case Entry.OfFolder folder -> {
        requireOwn(folder);
        Optional<String> cut = tree.cut(folder.path(), folder.folder().id());
        if (cut.isPresent()) {
          throw new Problem(
              Exit.FAILED,
              cut.get() + ", nothing was removed",
              "\"consigne ls --json\" shows the links of those it lists, which rm takes");
        }
        folders.remove(folder.folder().id());
        folders.put(folder.folder().id(), new CachedFolder(folder.path().text(), folder.folder()));
        for (Entry below : tree.children(folder.path(), folder.folder().id())) {
          add(below);
        }
      }
    }
  }

  /** What is in it is the owner's, and gone for the owner as well. */
  private static void requireOwn(Entry.OfFolder folder) {
    Folder.Guest owner = folder.folder().sharing().owner();
    if (owner != null) {
      throw new Problem(
          Exit.DENIED,
          "%s is shared by %s, nothing was removed".formatted(folder.path(), owner.email()),
          "\"consigne leave\" leaves it, and rm takes the paths of what is in it");
    }
  }

  int files() {
    return links.size();
  }

  int folders() {
    return folders.size();
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Removes files, then the folders that are empty now, the deepest first; what fails ends it.
   *
   * @return how many files and folders are removed, also after a failure
   */
  Removed remove() {
    long gone = 0;
    try {
      var all = List.copyOf(links);
      for (int from = 0; from < all.size(); from += AT_ONCE) {
        List<FileLink> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
        tree.listings().files().remove(some);
        gone += some.size();
      }
      for (CachedFolder folder : List.copyOf(folders.values()).reversed()) {
        tree.listings().folders().remove(folder);
        gone++;
      }
      return new Removed(gone, null);
    } catch (IOException e) {
      return new Removed(gone, e);
    }
  }

  /** How much is removed, and what ended that; null if nothing did. */
  record Removed(long gone, @Nullable IOException failure) {}
}
