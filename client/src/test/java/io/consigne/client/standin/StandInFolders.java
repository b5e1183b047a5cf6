package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.StoredFolder.Sharing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The folders that the stand-in keeps. Several of a parent may have one name. */
final class StandInFolders {
  /** Of the root, which is there from the beginning. */
  static final long ROOT = 0;

  private final Timing timing;
  private final Map<Long, StoredFolder> byId = new TreeMap<>();
  private long next = 1_000;

  StandInFolders(Timing timing) {
    this.timing = timing;
    byId.put(ROOT, new StoredFolder(ROOT, ROOT, "Root", timing.now(), Sharing.NONE));
  }

  synchronized long make(long parent, String name) {
    long id = next++;
    byId.put(id, new StoredFolder(id, parent, name, timing.now(), Sharing.NONE));
    return id;
  }

  synchronized @Nullable StoredFolder find(long id) {
    return byId.get(id);
  }

  /** Keeps a folder that has changed. */
  synchronized void keep(StoredFolder folder) {
    byId.put(folder.id(), folder);
  }

  synchronized void remove(long id) {
    byId.remove(id);
  }

  synchronized List<StoredFolder> in(long parent) {
    return all().stream().filter(folder -> folder.parent() == parent).toList();
  }

  /** All but the root, in the order in which they were made. */
  synchronized Collection<StoredFolder> all() {
    return byId.values().stream().filter(folder -> folder.id() != ROOT).toList();
  }

  /** The folder with a public address. */
  synchronized @Nullable StoredFolder published(String token) {
    return byId.values().stream()
        .filter(folder -> token.equals(folder.sharing().token()))
        .findFirst()
        .orElse(null);
  }

  /** Whether a folder is another one, or somewhere below it. */
  synchronized boolean isWithin(long id, long other) {
    long at = id;
    while (at != other && at != ROOT) {
      StoredFolder folder = byId.get(at);
      at = folder == null ? ROOT : folder.parent();
    }
    return at == other;
  }

  /** With a slash before each name and behind the last. */
  synchronized String path(long id) {
    StoredFolder folder = byId.get(id);
    return folder == null || id == ROOT ? "/" : path(folder.parent()) + folder.name() + "/";
  }
}
