package io.consigne.client.cache;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that is below a path: by one call where the host tells all, else folder by folder. */
final class Trees {
  private final FreshListings fresh;
  private final Known known;

  Trees(FreshListings fresh, Known known) {
    this.fresh = fresh;
    this.known = known;
  }

  RemoteTree tree(String path, Duration age) throws IOException {
    return isAllTold(age) && isOwn(path, age)
        ? whole(path, age)
        : walked(fresh.folder(path, age), age);
  }

  /** Whether a folder is the account's own: the listing of all files tells no others. */
  private boolean isOwn(String path, Duration age) throws IOException {
    return path.isEmpty()
        || known.folder(path).filter(CachedFolder::owned).isPresent()
        || fresh.hasToldOwn(path)
        || fresh.folder(path, age).owned();
  }

  /**
   * Whether one call has told all; a host that wants no more of these for now is walked, too, and
   * one whose answer is too long.
   */
  private boolean isAllTold(Duration age) throws IOException {
    if (!fresh.tellsAll()) {
      return false;
    }
    try {
      fresh.listAll(age);
      return true;
    } catch (RefusedException e) {
      if (e.refusal() instanceof Refusal.Flood || e.refusal() instanceof Refusal.TooLarge) {
        return false;
      }
      throw e;
    }
  }

  /** What is there more than once below a path. */
  List<Copies> copies(String path, Duration age) throws IOException {
    if (!isAllTold(age)) {
      walked(fresh.folder(path, age), age);
    }
    Optional<CachedFolder> seen = known.folder(path);
    CachedFolder top = seen.isPresent() ? seen.get() : fresh.folder(path, age);
    return known.copies(top, fresh.isSure() ? "sha256" : "whirlpool");
  }

  /** What {@link #copies} skips: folders of others in the root, or the folder itself. */
  List<String> foreignBelow(String path, Duration age) throws IOException {
    if (path.isEmpty()) {
      return foreign(path, age).stream().sorted().toList();
    }
    Optional<CachedFolder> seen = known.folder(path);
    CachedFolder top = seen.isPresent() ? seen.get() : fresh.folder(path, age);
    return top.owned() ? List.of() : List.of(path);
  }

  private RemoteTree whole(String path, Duration age) throws IOException {
    Known.Subtree subtree =
        known
            .listedSubtree(path)
            .orElseThrow(() ->
                // Another process found it damaged. That all is gone must not be taken for true.
                new IOException("the cache was made anew while it was read; try again"));
    int below = path.isEmpty() ? 0 : path.length() + 1;
    var folders = new HashSet<>(Set.of(""));
    subtree.folders().forEach(sub -> addWithAllAbove(folders, sub.path().substring(below)));
    var files = new HashMap<String, List<RemoteFile>>();
    for (RemoteFile item : subtree.files()) {
      Place place = item.place();
      String parent = place == null || place.path() == null ? "" : place.path();
      add(files, (parent.isEmpty() ? "" : parent + "/").substring(below) + item.name(), item);
    }
    return new RemoteTree(folders, files, Set.of(), foreign(path, age));
  }

  /** Folders of others are in the root alone. */
  private Set<String> foreign(String path, Duration age) throws IOException {
    return path.isEmpty()
        ? foreign(fresh.glance(CachedFolder.ROOT, age)).collect(Collectors.toSet())
        : Set.of();
  }

  /** One of the account's own that has the name of another's is the one that is meant. */
  private static Stream<String> foreign(Contents contents) {
    return contents.folders().stream()
        .map(CachedFolder::path)
        .filter(path -> contents.folder(path).filter(sub -> !sub.owned()).isPresent());
  }

  private static void addWithAllAbove(Set<String> folders, String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      folders.add(path.substring(0, end));
    }
  }

  private RemoteTree walked(CachedFolder top, Duration age) throws IOException {
    var folders = new HashSet<String>();
    var files = new HashMap<String, List<RemoteFile>>();
    var cut = new HashSet<String>();
    var foreign = new HashSet<String>();
    var left = new ArrayDeque<>(List.of(top));
    int below = top.path().isEmpty() ? 0 : top.path().length() + 1;
    while (!left.isEmpty()) {
      CachedFolder folder = left.remove();
      String path = folder.path().substring(Math.min(below, folder.path().length()));
      folders.add(path);
      Contents contents = fresh.list(folder, age);
      if (!contents.isWhole()) {
        cut.add(path);
      }
      for (RemoteFile item : contents.files()) {
        add(files, path.isEmpty() ? item.name() : path + "/" + item.name(), item);
      }
      contents.folders().stream().filter(sub -> sub.owned() || !top.owned()).forEach(left::add);
      if (top.owned()) {
        foreign(contents).map(sub -> sub.substring(below)).forEach(foreign::add);
      }
    }
    return new RemoteTree(folders, files, cut, foreign);
  }

  private static void add(Map<String, List<RemoteFile>> files, String path, RemoteFile item) {
    files.computeIfAbsent(path, _ -> new ArrayList<>(1)).add(item);
  }
}
