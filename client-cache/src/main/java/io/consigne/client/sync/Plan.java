package io.consigne.client.sync;

import io.consigne.client.cache.RemoteTree;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.sync.Pair.State;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a run will do, in order, and nothing else.
 *
 * @param steps in order
 * @param same how many files are the same already
 */
public record Plan(List<Step> steps, int same) {
  /** Copies. */
  public Plan {
    steps = List.copyOf(steps);
  }

  /**
   * How much it moves.
   *
   * @return bytes, up and down
   */
  public long bytes() {
    return steps.stream()
        .mapToLong(step ->
            switch (step) {
              case Step.Send send -> send.file().sizeBytes();
              case Step.Fetch fetch -> fetch.file().sizeBytes();
              default -> 0;
            })
        .sum();
  }

  /**
   * What is removed that nothing takes the place of.
   *
   * @return steps that remove a file of which nothing stays under its path
   */
  public List<Step> removals() {
    return steps.stream()
        .filter(step ->
            switch (step) {
              case Step.RemoveRemote remove -> !remove.isCopy();
              case Step.RemoveLocal _ -> true;
              default -> false;
            })
        .toList();
  }

  /**
   * Makes the host's folder as the local one is.
   *
   * @param compared both sides
   * @param deletes whether what is at the host alone is removed, but not that of which a half is
   *     here
   * @return folders first, then what is sent, then what is removed
   * @throws IOException if the host does not tell all that a folder has: then what is missing there
   *     is not known, and files would be stored twice
   */
  public static Plan up(Comparison.Result compared, boolean deletes) throws IOException {
    RemoteTree tree = compared.tree();
    Set<FileLink> kept = kept(compared, deletes);
    var sends = new ArrayList<Step>();
    var removes = new ArrayList<Step>();
    var folders = new TreeSet<String>();
    for (Pair pair : compared.pairs()) {
      LocalFile local = pair.local();
      if (local != null && pair.state() != State.SAME) {
        refuseCut(tree, folder(pair.path()));
        addFolders(folders, folder(pair.path()), tree);
        sends.add(new Step.Send(pair.path(), local, without(kept, pair.remote())));
      } else if (local != null || (deletes && !compared.halves().containsKey(pair.path()))) {
        List<RemoteFile> others = without(kept, pair.remote());
        if (!others.isEmpty()) {
          removes.add(new Step.RemoveRemote(pair.path(), others, local != null));
        }
      }
    }
    var steps = new ArrayList<Step>();
    folders.forEach(path -> steps.add(new Step.MakeFolder(path)));
    steps.addAll(sends);
    steps.addAll(removes);
    return new Plan(steps, same(compared));
  }

  /**
   * What stays, whatever else is told of it: what is the same, what is left out, and what the host
   * alone has if nothing is to be deleted. Folders are listed one after the other: what somebody
   * moves meanwhile is told where it was, and where it is.
   */
  private static Set<FileLink> kept(Comparison.Result compared, boolean deletes) {
    var left = new HashMap<String, List<RemoteFile>>(compared.tree().files());
    var kept = new HashSet<FileLink>();
    for (Pair pair : compared.pairs()) {
      boolean decided = pair.local() != null || deletes;
      if (decided && !compared.halves().containsKey(pair.path())) {
        left.remove(pair.path());
      }
      Stream.ofNullable(pair.match())
          .flatMap(same -> Stream.ofNullable(same.link()))
          .forEach(kept::add);
    }
    left.values().stream()
        .flatMap(List::stream)
        .flatMap(file -> Stream.ofNullable(file.link()))
        .forEach(kept::add);
    return kept;
  }

  private static List<RemoteFile> without(Set<FileLink> kept, List<RemoteFile> files) {
    return files.stream().filter(file -> !kept.contains(file.link())).toList();
  }

  private static void refuseCut(RemoteTree tree, String folder) throws IOException {
    if (tree.cut().contains(folder)) {
      throw new IOException(
          "the host does not list all files of /%s; into such a folder nothing can be synced"
              .formatted(folder));
    }
  }

  private static void addFolders(TreeSet<String> folders, String path, RemoteTree tree) {
    for (String each = path; !tree.folders().contains(each); each = folder(each)) {
      if (!folders.add(each) || each.isEmpty()) {
        return;
      }
    }
  }

  private static int same(Comparison.Result compared) {
    return (int) compared.pairs().stream().filter(pair -> pair.state() == State.SAME).count();
  }

  static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /**
   * Makes the local folder as the host's is. Of several files of one path the newest counts.
   *
   * @param compared both sides
   * @param deletes whether what is on this machine alone is removed
   * @return what is fetched first, then what is removed
   * @throws IOException if the remote folder is not there, or if something would be removed of
   *     which the host does not tell whether it has it
   */
  public static Plan down(Comparison.Result compared, boolean deletes) throws IOException {
    if (compared.tree().folders().isEmpty()) {
      throw new NoSuchFileException(null, null, "there is no such remote folder; nothing was done");
    }
    var fetches = new ArrayList<Step>();
    var removes = new ArrayList<Step>();
    for (Pair pair : compared.pairs()) {
      LocalFile local = pair.local();
      if (!pair.remote().isEmpty() && (pair.match() == null || pair.isOutdated())) {
        fetches.add(new Step.Fetch(pair.path(), newest(pair.remote()), local));
      } else if (local != null && pair.remote().isEmpty() && deletes) {
        refuseCut(compared.tree(), folder(pair.path()));
        removes.add(new Step.RemoveLocal(pair.path(), local));
      }
    }
    fetches.addAll(removes);
    int same = same(compared) - (int) compared.pairs().stream().filter(Pair::isOutdated).count();
    return new Plan(fetches, same);
  }

  private static RemoteFile newest(List<RemoteFile> files) {
    return files.stream().max(Pair.BY_TIME).orElseThrow();
  }
}
