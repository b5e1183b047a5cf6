package io.consigne.client.sync;

import io.consigne.client.cache.Listings;
import io.consigne.client.cache.Remembered;
import io.consigne.client.cache.RemoteTree;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.sync.Pair.State;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this machine beside one of a host. A local file of the remembered size and time has
 * the remembered bytes; of any other the checksum is taken, if the host has one to compare with.
 *
 * {@snippet file="io/consigne/client/sync/CacheExamplesTest.java" region=sync}
 */
public final class Comparison {
  private final Map<FileLink, Remembered> remembered;
  private final Map<FileLink, Remembered> learnt = new HashMap<>();
  private final boolean readsAll;
  private final Details details;

  private Comparison(Map<FileLink, Remembered> remembered, boolean readsAll, Details details) {
    this.remembered = remembered;
    this.readsAll = readsAll;
    this.details = details;
  }

  /** Tells of a file what its listing does not. */
  @FunctionalInterface
  public interface Details {
    /**
     * Asks the host.
     *
     * @param file as it is listed
     * @return the same with checksums, if there are any
     * @throws IOException if the host cannot be reached, or refuses what it will refuse of others,
     *     too; the comparison ends with it
     */
    RemoteFile of(RemoteFile file) throws IOException;
  }

  /**
   * What to compare.
   *
   * @param local folder
   * @param remote its path at the host
   * @param filter which files
   * @param readsAll whether bytes are read even where size and time are as remembered
   * @param age of listings that are believed
   */
  public record Sides(Path local, String remote, Filter filter, boolean readsAll, Duration age) {
    /** The path at the host of what has a path below both folders. */
    String at(String path) {
      return path.isEmpty() ? remote : remote.isEmpty() ? path : remote + "/" + path;
    }
  }

  /**
   * Both sides.
   *
   * @param pairs by path
   * @param tree of the host
   * @param unread local folders and files that could not be read, whose names are no text, or that
   *     would lie in another account's folder, by their paths as people are shown them, in order,
   *     and why; of what is there no pair tells
   * @param halves by paths of files that are at the host alone, and of which a download that was
   *     cut off has left a half on this machine: the path of that
   */
  public record Result(
      List<Pair> pairs,
      RemoteTree tree,
      Map<String, IOException> unread,
      Map<String, String> halves) {
    /** Copies. */
    public Result {
      pairs = List.copyOf(pairs);
      halves = Collections.unmodifiableMap(new TreeMap<>(halves));
      unread = Collections.unmodifiableMap(new TreeMap<>(unread));
    }
  }

  /**
   * Compares. A remote folder that is not there is empty; a local one must be there.
   *
   * @param sides what to compare
   * @param listings of the account; they remember files that turned out to be the same
   * @return both sides; of a remote folder that is not there the tree has no folders
   * @throws IOException if the remote side cannot be read as a whole, or the local folder not
   */
  public static Result of(Sides sides, Listings listings) throws IOException {
    return of(sides, LocalTree.of(sides.local()), listings);
  }

  /**
   * Compares with a local folder that is yet to be made, and has no files.
   *
   * @param sides what to compare; the local folder is not looked at
   * @param listings of the account
   * @return both sides, with all files at the host alone
   * @throws IOException if the remote side cannot be read as a whole
   */
  public static Result toNew(Sides sides, Listings listings) throws IOException {
    return of(sides, LocalTree.EMPTY, listings);
  }

  /**
   * Compares with what somebody has published, of which nothing is remembered.
   *
   * @param sides what to compare; the path at the host and the age are not looked at
   * @param tree of the host
   * @param details of a file that has the size of the local one
   * @return both sides
   * @throws IOException if the local folder cannot be read, or the host not be reached
   */
  public static Result of(Sides sides, RemoteTree tree, Details details) throws IOException {
    var comparison = new Comparison(Map.of(), sides.readsAll(), details);
    return comparison.result(sides, LocalTree.of(sides.local()), tree);
  }

  private static Result of(Sides sides, LocalTree local, Listings listings) throws IOException {
    RemoteTree tree = tree(sides, listings);
    var comparison = new Comparison(listings.remembered(), sides.readsAll(), file -> file);
    Result result = comparison.result(sides, local, tree);
    if (!comparison.learnt.isEmpty()) {
      listings.remember(comparison.learnt);
    }
    return result;
  }

  private Result result(Sides sides, LocalTree local, RemoteTree tree) throws IOException {
    Set<String> paths = new TreeSet<>(local.files().keySet());
    paths.addAll(tree.files().keySet());
    paths.removeIf(path -> local.isUnread(path) || local.halves().contains(path));
    var pairs = new ArrayList<Pair>();
    Map<String, IOException> unread = unread(local, sides.filter());
    for (String path : paths) {
      List<RemoteFile> remote = tree.files().getOrDefault(path, List.of());
      LocalFile file = local.files().get(path);
      if (isTaken(sides.filter(), path, file, remote)) {
        Optional<String> foreign = tree.foreignAbove(path);
        if (foreign.isPresent()) {
          passOver(foreign.get(), file, unread);
          continue;
        }
        try {
          pairs.add(pair(path, file, remote));
        } catch (UnreadException e) {
          unread.put(path, e.why);
        }
      }
    }
    return new Result(pairs, tree, unread, halves(pairs, local));
  }

  private static Map<String, String> halves(List<Pair> pairs, LocalTree local) {
    var halves = new HashMap<String, String>();
    if (!local.halves().isEmpty()) {
      for (Pair pair : pairs) {
        if (pair.local() == null) {
          local.halfOf(pair.path()).ifPresent(half -> halves.put(pair.path(), half));
        }
      }
    }
    return halves;
  }

  private static void passOver(
      String foreign, @Nullable LocalFile file, Map<String, IOException> unread) {
    if (file != null) {
      unread.put(
          foreign,
          new IOException(
              "another account shares the remote folder of this name; name it itself to compare"
                  + " with it"));
    }
  }

  private static Map<String, IOException> unread(LocalTree local, Filter filter) {
    var unread = new TreeMap<String, IOException>();
    local
        .unread()
        .forEach((path, all) ->
            all.stream()
                .filter(one -> !one.isLeft(path, filter))
                .forEach(one -> unread.put(one.shown(), one.why())));
    return unread;
  }

  /** Of a local file that cannot be read; what the host does not tell ends the comparison. */
  private static boolean matches(LocalFile local, Checksums checksums) throws IOException {
    try {
      return local.source().matches(checksums);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      throw new UnreadException(e);
    }
  }

  /** A local file was not read. */
  private static final class UnreadException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException why;

    UnreadException(IOException why) {
      super(why);
      this.why = why;
    }
  }

  private static RemoteTree tree(Sides sides, Listings listings) throws IOException {
    try {
      return listings.tree(sides.remote(), sides.age());
    } catch (NoSuchFileException e) {
      return RemoteTree.NONE;
    }
  }

  /** What goes by the model may be of any size and age: it is the more different for it. */
  private boolean isTaken(
      Filter filter, String path, @Nullable LocalFile local, List<RemoteFile> remote) {
    boolean isDown = filter.model() == Filter.Model.REMOTE;
    if (local != null && (remote.isEmpty() || !isDown)) {
      return filter.takes(path, local.sizeBytes(), local.modified());
    }
    Stream<RemoteFile> models =
        isDown ? remote.stream().max(Pair.BY_TIME).stream() : remote.stream();
    return models.allMatch(item -> filter.takes(path, item.sizeBytes(), modified(item)));
  }

  private @Nullable Instant modified(RemoteFile item) {
    Remembered known = item.link() == null ? null : remembered.get(item.link());
    if (known != null) {
      return known.modified();
    }
    Instant told = item.times().modified();
    return told == null ? item.times().uploaded() : told;
  }

  private Pair pair(String path, @Nullable LocalFile local, List<RemoteFile> remote)
      throws IOException {
    if (local == null) {
      return new Pair(path, null, remote, null, State.REMOTE_ONLY);
    }
    State state = remote.isEmpty() ? State.LOCAL_ONLY : State.DIFFERENT;
    for (RemoteFile item : remote.stream().sorted(Pair.BY_TIME.reversed()).toList()) {
      State one = compared(local, item);
      if (one == State.SAME) {
        return new Pair(path, local, remote, item, State.SAME);
      }
      state = one == State.UNKNOWN ? one : state;
    }
    return new Pair(path, local, remote, null, state);
  }

  private State compared(LocalFile local, RemoteFile item) throws IOException {
    FileLink link = item.link();
    if (local.sizeBytes() != item.sizeBytes()) {
      return State.DIFFERENT;
    }
    Remembered known = link == null ? null : remembered.get(link);
    if (!readsAll && isRemembered(local, known)) {
      return State.SAME;
    }
    Checksums checksums = checksums(details.of(item), known);
    if (checksums.isEmpty()) {
      return !readsAll && isOfTime(local, item) ? State.SAME : State.UNKNOWN;
    }
    if (!matches(local, checksums)) {
      return State.DIFFERENT;
    }
    if (link != null) {
      learnt.put(link, new Remembered(local.sizeBytes(), local.modified(), checksums.sha256()));
    }
    return State.SAME;
  }

  private static boolean isRemembered(LocalFile local, @Nullable Remembered known) {
    return known != null && known.isUnchanged(local.sizeBytes(), local.modified());
  }

  /** The host may keep times to the millisecond. */
  private static boolean isOfTime(LocalFile local, RemoteFile item) {
    Instant told = item.times().modified();
    return told != null
        && told.truncatedTo(ChronoUnit.MILLIS)
            .equals(local.modified().truncatedTo(ChronoUnit.MILLIS));
  }

  private static Checksums checksums(RemoteFile item, @Nullable Remembered known) {
    String sha256 = item.checksums().sha256();
    return sha256 == null && known != null
        ? new Checksums(item.checksums().whirlpool(), known.sha256())
        : item.checksums();
  }
}
