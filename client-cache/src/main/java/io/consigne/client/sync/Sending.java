package io.consigne.client.sync;

import static java.util.Comparator.naturalOrder;

import io.consigne.client.Client;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.cache.Found;
import io.consigne.client.cache.Listings;
import io.consigne.client.cache.Sought;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.Breaker;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.Together;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadResult.InDoubt;
import io.consigne.client.transfer.UploadResult.NotStored;
import io.consigne.client.transfer.UploadResult.NotTried;
import io.consigne.client.transfer.UploadResult.Stored;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps that change the host. */
final class Sending {
  /** Files between two entries into the cache: what a crash may cost to look up again. */
  private static final int FILES_AT_ONCE = 500;

  private final Client client;
  private final Listings listings;
  private final Comparison.Sides sides;
  private final Progress progress;
  private final Breaker breaker;

  /** Folders that the host does not make, and why. */
  private final Map<String, String> refused = new HashMap<>();

  Sending(
      Client client,
      Listings listings,
      Comparison.Sides sides,
      Progress progress,
      Breaker breaker) {
    this.client = client;
    this.listings = listings;
    this.sides = sides;
    this.progress = progress;
    this.breaker = breaker;
  }

  void make(Step.MakeFolder step, Run.Ends ends) throws IOException {
    if (folder(step.path()).isPresent()) {
      ends.done(step);
    } else {
      ends.failed(step, refusal(step.path()));
    }
  }

  /**
   * Empty if the host refuses that folder, or one above it, as for its name: that is no reason to
   * leave the others.
   */
  private Optional<CachedFolder> folder(String path) throws IOException {
    if (!refusal(path).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(listings.folders().make(sides.at(path), sides.age()));
    } catch (RefusedException e) {
      if (path.isEmpty() || e.refusal().isTransient()) {
        throw e;
      }
      breaker.refused(e);
      refused.put(path, e.refusal().said().text());
      return Optional.empty();
    }
  }

  /** What the host has said of a folder or of one above it, if it refused it. */
  private String refusal(String path) {
    String text = "";
    for (String each = path; !each.isEmpty() && text.isEmpty(); each = Plan.folder(each)) {
      text = refused.getOrDefault(each, "");
    }
    return text;
  }

  /** Sends all files of some folders, into several at once. */
  void send(Map<String, List<Step.Send>> folders, Run.Ends ends) throws IOException {
    var sends = new ArrayList<Callable<CachedFolder>>();
    for (Map.Entry<String, List<Step.Send>> each : folders.entrySet()) {
      Optional<CachedFolder> folder = folder(each.getKey());
      if (folder.isPresent()) {
        sends.add(() -> send(folder.get(), each.getValue(), ends));
      } else {
        each.getValue().forEach(step -> ends.failed(step, refusal(step.path())));
      }
    }
    Together.run(sends, client.uploads().foldersAtOnce());
  }

  /**
   * Sends files of a folder. What they replace is removed after so many, then after twice as many,
   * and so on: before each removal the whole folder is listed.
   */
  private CachedFolder send(CachedFolder folder, List<Step.Send> steps, Run.Ends ends)
      throws IOException {
    var stored = new ArrayList<Step.Send>();
    int most = FILES_AT_ONCE;
    for (int from = 0; from < steps.size() && !breaker.isEnded(); from += FILES_AT_ONCE) {
      int end = Math.min(steps.size(), from + FILES_AT_ONCE);
      stored.addAll(sendSome(folder.id(), steps.subList(from, end), ends));
      if (stored.size() >= most) {
        replaceAll(folder.id(), stored, ends);
        stored.clear();
        most *= 2;
      }
    }
    replaceAll(folder.id(), stored, ends);
    return folder;
  }

  /** Sends files, and answers those that replace others, which are there still. */
  private List<Step.Send> sendSome(FolderId folder, List<Step.Send> steps, Run.Ends ends)
      throws IOException {
    List<UploadSource> sources = steps.stream().map(step -> step.file().source()).toList();
    var others = new HashSet<FileLink>();
    steps.forEach(step -> others.addAll(links(step.replaced())));
    var ended = new ConcurrentHashMap<String, String>();
    Progress watched =
        event -> {
          if (event instanceof TransferEvent.Ended(var file, var name)) {
            ended.put(file.name(), name);
          }
          progress.seen(event);
        };
    List<UploadResult> results;
    try {
      results =
          listings
              .files()
              .store(
                  folder, uploads -> uploads.until(breaker).send(folder, sources, others, watched));
    } catch (IOException e) {
      for (Step.Send step : steps) {
        String wanted = step.file().source().name();
        String name = ended.getOrDefault(wanted, "");
        if (!name.isEmpty() && !name.equals(wanted)) {
          ends.failed(step, otherwise(name));
        } else if (!name.isEmpty() && step.replaced().isEmpty()) {
          // What replaces others is done by the next run, which removes those.
          ends.done(step);
        }
      }
      throw e;
    }
    List<Step.Send> named = named(steps, results, ends);
    named.stream().filter(step -> step.replaced().isEmpty()).forEach(ends::done);
    return named.stream().filter(step -> !step.replaced().isEmpty()).toList();
  }

  /** Those that are stored under their names; what became of the others is told. */
  private List<Step.Send> named(List<Step.Send> steps, List<UploadResult> results, Run.Ends ends)
      throws IOException {
    var whole = new ArrayList<Step.Send>();
    var others = new ArrayList<Otherwise>();
    for (int i = 0; i < steps.size(); i++) {
      Step.Send step = steps.get(i);
      switch (results.get(i)) {
        case NotStored(UploadSource _, var refusal) -> ends.failed(step, refusal.said().text());
        case InDoubt(UploadSource _, var refusal) -> ends.failed(step, refusal.said().text());
        case NotTried not when !breaker.isEnded() ->
            ends.failed(
                step, "not tried, since others were refused: " + not.refusal().said().text());
        case NotTried _ -> {}
        case Stored stored when stored.name().equals(stored.source().name()) -> whole.add(step);
        case Stored stored -> others.add(new Otherwise(step, stored));
      }
    }
    try {
      renameAll(others, whole, ends);
    } catch (IOException e) {
      whole.forEach(step -> tell(step, Map.of(), e.getMessage(), ends));
      throw e;
    }
    return whole;
  }

  /**
   * Removes what files replace, where it is still there. If that fails what is stored is told
   * nevertheless.
   */
  private void replaceAll(FolderId folder, List<Step.Send> stored, Run.Ends ends)
      throws IOException {
    var replaced = new TreeMap<String, List<RemoteFile>>();
    stored.forEach(step -> replaced.put(step.path(), step.replaced()));
    var found = new HashMap<FileLink, Found>();
    try {
      listings.files().remove(sought(replaced, folder), found::putAll);
    } catch (IOException e) {
      stored.forEach(step -> tell(step, found, e.getMessage(), ends));
      throw e;
    }
    stored.forEach(step -> tell(step, found, "the host does not list all files there", ends));
  }

  /** Tells of a file that is stored, and if what it replaces may be there still, why. */
  private static void tell(
      Step.Send step, Map<FileLink, Found> found, @Nullable String why, Run.Ends ends) {
    if (links(step.replaced()).stream()
        .allMatch(link -> found.getOrDefault(link, Found.UNTOLD) != Found.UNTOLD)) {
      ends.done(step);
    } else {
      ends.failed(step, "it is stored, beside what it replaces: " + why);
    }
  }

  /** The links that a host shows. */
  private static List<FileLink> links(List<RemoteFile> files) {
    return files.stream().map(RemoteFile::link).flatMap(Stream::ofNullable).toList();
  }

  /**
   * Files by the folders in which they are looked for.
   *
   * @param files by the paths that they had, below the folder that was compared
   * @param stored the folder into which others were stored instead, wherever it is by now; null if
   *     nothing was
   */
  private List<Sought> sought(Map<String, List<RemoteFile>> files, @Nullable FolderId stored) {
    var folders = new LinkedHashMap<CachedFolder, Map<FileLink, String>>();
    files.forEach((path, some) -> {
      for (RemoteFile file : some) {
        if (file.link() != null) {
          FolderId id = Objects.requireNonNull(file.place()).folder();
          var folder = CachedFolder.of(id, sides.at(Plan.folder(path)));
          folders.computeIfAbsent(folder, _ -> new HashMap<>()).put(file.link(), file.name());
        }
      }
    });
    return folders.entrySet().stream()
        .map(each -> new Sought(each.getKey(), each.getValue(), !each.getKey().id().equals(stored)))
        .toList();
  }

  /** Each by itself; none is asked for that would fail as the one before it. */
  private void renameAll(List<Otherwise> others, List<Step.Send> named, Run.Ends ends)
      throws IOException {
    List<Otherwise> left = others;
    while (!left.isEmpty()) {
      int ended = 1;
      try {
        if (rename(left.getFirst(), ends)) {
          named.add(left.getFirst().step());
        }
      } catch (IOException e) {
        ended = notRenamed(left, ends, e);
      }
      left = left.subList(ended, left.size());
    }
  }

  /** Tells it of the first, and of those behind it if they would fail, too: of how many. */
  private int notRenamed(List<Otherwise> left, Run.Ends ends, IOException why) throws IOException {
    if (why instanceof RefusedException refused) {
      breaker.saw(refused.refusal());
    }
    boolean isForAll = Breaker.isForAll(why) || Thread.currentThread().isInterrupted();
    int ended = isForAll || breaker.isEnded() ? left.size() : 1;
    for (Otherwise other : left.subList(0, ended)) {
      ends.failed(other.step(), otherwise(other.stored().name()) + ": " + why.getMessage());
    }
    if (isForAll) {
      throw why;
    }
    return ended;
  }

  /** What the host has stored under another name. */
  private record Otherwise(Step.Send step, Stored stored) {}

  private static String otherwise(String name) {
    return "the host stores it under another name alone: " + name;
  }

  /** Under another name it would be sent again by each run, and stay each time. */
  private boolean rename(Otherwise other, Run.Ends ends) throws IOException {
    if (listings.files().rename(other.stored())) {
      return true;
    }
    listings.files().remove(List.of(other.stored().link()));
    ends.failed(other.step(), otherwise(other.stored().name()));
    return false;
  }

  /** What somebody has moved meanwhile stays, and is named. */
  void remove(List<Step.RemoveRemote> steps, Run.Ends ends) throws IOException {
    var files = new TreeMap<String, List<RemoteFile>>();
    steps.forEach(step -> files.put(step.path(), step.files()));
    var found = new HashMap<FileLink, Found>();
    var left = new ArrayList<>(steps);
    try {
      listings
          .files()
          .remove(
              sought(files, null),
              some -> {
                // One that was moved while folders were listed is sought in both.
                some.forEach(
                    (link, how) -> found.merge(link, how, BinaryOperator.minBy(naturalOrder())));
                left.removeIf(step -> tellGone(step, found, ends));
              });
    } finally {
      left.removeIf(step -> tellLeft(step, found, ends));
    }
    // Of these no host has told a link.
    left.forEach(ends::done);
  }

  /** Whether nothing of it is there, which is told. */
  private static boolean tellGone(
      Step.RemoveRemote step, Map<FileLink, Found> found, Run.Ends ends) {
    List<FileLink> links = links(step.files());
    boolean isGone =
        !links.isEmpty()
            && links.stream()
                .map(found::get)
                .allMatch(how -> how == Found.THERE || how == Found.GONE);
    if (isGone) {
      ends.done(step);
    }
    return isGone;
  }

  /** Whether something of it stays, which is told. */
  private static boolean tellLeft(
      Step.RemoveRemote step, Map<FileLink, Found> found, Run.Ends ends) {
    List<FileLink> links = links(step.files());
    if (links.stream().anyMatch(link -> found.get(link) == Found.MOVED)) {
      ends.failed(step, "left, since somebody has moved or removed it since it was compared");
      return true;
    }
    if (links.stream().anyMatch(link -> found.get(link) == Found.UNTOLD)) {
      ends.failed(step, "left, since the host does not list all files of its folder");
      return true;
    }
    return false;
  }
}
