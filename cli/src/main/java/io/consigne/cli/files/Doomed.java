package io.consigne.cli.files;

import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.RemoteFiles;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of one account is to be removed. */
final class Doomed {
  /** How many files a host removes in one call. */
  private static final int AT_ONCE = RemoteFiles.LINKS_PER_CALL;

  /** Of so many folders at most it is asked after a failure what is left in them. */
  private static final int LOOKED_INTO = 8;

  private final Tree tree;
  private final Map<FileLink, RemotePath> links = new LinkedHashMap<>();

  /** Those of which it is not known in which folder they are. */
  private final Set<FileLink> unplaced = new HashSet<>();

  /** Each before what is in it. */
  private final Map<FolderId, CachedFolder> folders = new LinkedHashMap<>();

  private long sizeBytes;

  Doomed(Tree tree) {
    this.tree = tree;
  }

  /** Adds a file that its link names; the path is its name alone. */
  void addLinked(Entry.OfFile file) throws IOException {
    add(file);
    unplaced.add(RemoteTarget.link(file));
  }

  /**
   * Adds a file, or a folder with all that is below.
   *
   * @throws Problem if a file has no link to remove it by, or the host does not list all
   */
  void add(Entry entry) throws IOException {
    add(entry, entry instanceof Entry.OfFolder folder && isInShare(folder));
  }

  private void add(Entry entry, boolean inShare) throws IOException {
    switch (entry) {
      case Entry.OfFile file -> {
        // It may be named twice, or be in a folder that is.
        if (links.putIfAbsent(RemoteTarget.link(file), file.path()) == null) {
          sizeBytes += file.file().sizeBytes();
        }
      }
      case Entry.OfFolder folder -> {
        if (!inShare) {
          requireOwn(folder);
        }
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
          add(below, inShare);
        }
      }
    }
  }

  /**
   * Whether it is below a folder that another account shares: whom that lets write may remove it.
   * Not all hosts tell of such a folder itself whose it is.
   */
  private boolean isInShare(Entry.OfFolder folder) throws IOException {
    for (RemotePath above = folder.path(); !above.isRoot(); ) {
      above = above.parent();
      Optional<Folder> there = tree.folder(above);
      Folder.Guest owner = there.isPresent() ? there.get().sharing().owner() : null;
      if (owner != null && !owner.writes()) {
        throw new Problem(
            Exit.DENIED,
            "%s is in %s, which %s shares for reading alone; nothing was removed"
                .formatted(folder.path(), above, owner.email()));
      }
      if (owner != null) {
        return true;
      }
    }
    return false;
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
   * @return what is removed, and what is not, also after a failure
   */
  Removed remove() {
    var left = new LinkedHashMap<>(links);
    var leftFolders = new ArrayDeque<>(folders.values());
    IOException failure = null;
    try {
      var all = List.copyOf(links.keySet());
      for (int from = 0; from < all.size(); from += AT_ONCE) {
        removeFiles(all.subList(from, Math.min(all.size(), from + AT_ONCE)), left);
      }
      while (!leftFolders.isEmpty()) {
        tree.listings().folders().remove(leftFolders.getLast());
        leftFolders.removeLast();
      }
    } catch (IOException e) {
      failure = e;
    }
    var paths = new ArrayList<RemotePath>(left.values());
    leftFolders.reversed().forEach(folder -> paths.add(RemotePath.of(folder.path())));
    return new Removed(
        links.size() - left.size(), folders.size() - leftFolders.size(), paths, failure);
  }

  /**
   * Those that the host does not list after a failure are gone as well. It is asked for few folders
   * alone: 1fichier.com locks out whoever lists hundreds.
   */
  private void removeFiles(List<FileLink> some, Map<FileLink, RemotePath> left) throws IOException {
    try {
      tree.listings().files().remove(some);
      some.forEach(left::remove);
    } catch (IOException e) {
      tree.forgetAll();
      if (Doubt.isLeftBy(e) && folders(some) <= LOOKED_INTO) {
        look(some, left, e);
      }
      throw e;
    }
  }

  private long folders(List<FileLink> some) {
    return some.stream()
        .filter(link -> !unplaced.contains(link))
        .map(link -> links.getOrDefault(link, RemotePath.ROOT).parent())
        .distinct()
        .count();
  }

  private void look(List<FileLink> some, Map<FileLink, RemotePath> left, IOException failure) {
    try {
      for (FileLink link : some) {
        if (!isThere(link, left.getOrDefault(link, RemotePath.ROOT))) {
          left.remove(link);
        }
      }
    } catch (IOException | Problem unknown) {
      failure.addSuppressed(unknown);
    }
  }

  private boolean isThere(FileLink link, RemotePath path) throws IOException {
    return unplaced.contains(link)
        || tree.files(path).stream().anyMatch(file -> link.equals(file.link()));
  }

  /**
   * What became of all.
   *
   * @param files how many are removed
   * @param folders how many are removed
   * @param left what is not
   * @param failure that ended it; null if nothing did
   */
  record Removed(int files, int folders, List<RemotePath> left, @Nullable IOException failure) {}
}
