package io.consigne.client.sync;

import io.consigne.client.Client;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.sync.Whereabouts.Found;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Gatherers;

/** The steps that change the host. */
final class Sending {
  /** Files between two entries into the cache: what a crash may cost to look up again. */
  private static final int FILES_AT_ONCE = 500;

  private final Client client;
  private final Listings listings;
  private final Comparison.Sides sides;
  private final Progress progress;
  private final Breaker breaker;
  private final Whereabouts whereabouts;

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
    this.whereabouts = new Whereabouts(client, listings, sides);
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

  private CachedFolder send(CachedFolder folder, List<Step.Send> steps, Run.Ends ends)
      throws IOException {
    for (int from = 0; from < steps.size() && !breaker.isEnded(); from += FILES_AT_ONCE) {
      int end = Math.min(steps.size(), from + FILES_AT_ONCE);
      sendSome(folder.id(), steps.subList(from, end), ends);
    }
    return folder;
  }

  private void sendSome(FolderId folder, List<Step.Send> steps, Run.Ends ends) throws IOException {
    List<UploadSource> sources = steps.stream().map(step -> step.file().source()).toList();
    var others = new HashSet<FileLink>();
    steps.forEach(step -> others.addAll(Whereabouts.links(step.replaced())));
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
    tell(steps, results, ends);
  }

  private void tell(List<Step.Send> steps, List<UploadResult> results, Run.Ends ends)
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
    replaceAll(whole, others, ends);
  }

  /**
   * Gives files their names, and removes what all replace, where it is still there. If that fails
   * what is stored is told nevertheless.
   */
  private void replaceAll(List<Step.Send> whole, List<Otherwise> others, Run.Ends ends)
      throws IOException {
    var named = new ArrayList<>(whole);
    try {
      renameAll(others, named, ends);
      var replaced = new HashMap<String, List<RemoteFile>>();
      named.forEach(step -> replaced.put(step.path(), step.replaced()));
      removeThere(whereabouts.of(replaced));
    } catch (IOException e) {
      for (Step.Send step : named) {
        if (step.replaced().isEmpty()) {
          ends.done(step);
        } else {
          ends.failed(step, "it is stored, beside what it replaces: " + e.getMessage());
        }
      }
      throw e;
    }
    named.forEach(ends::done);
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
    var pieces = Gatherers.<Step.RemoveRemote>windowFixed(FILES_AT_ONCE);
    for (List<Step.RemoveRemote> some : steps.stream().gather(pieces).toList()) {
      var files = new HashMap<String, List<RemoteFile>>();
      some.forEach(step -> files.put(step.path(), step.files()));
      Map<FileLink, Found> found = whereabouts.of(files);
      removeThere(found);
      for (Step.RemoveRemote step : some) {
        if (Whereabouts.links(step.files()).stream()
            .anyMatch(link -> found.get(link) == Found.MOVED)) {
          ends.failed(step, "left, since somebody has moved or removed it since it was compared");
        } else {
          ends.done(step);
        }
      }
    }
  }

  private void removeThere(Map<FileLink, Found> found) throws IOException {
    List<FileLink> there =
        found.keySet().stream().filter(link -> found.get(link) == Found.THERE).toList();
    if (!there.isEmpty()) {
      listings.files().remove(there);
    }
  }
}
