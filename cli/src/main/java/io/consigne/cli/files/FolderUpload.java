package io.consigne.cli.files;

import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transfer.Breaker;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the files of one folder, tells what became of each, and removes what they replace. */
final class FolderUpload {
  private final Tree tree;
  private final Talk talk;
  private final Outcome outcome;
  private final Breaker breaker;
  private final AtomicInteger tried;
  private final Predecessors predecessors;

  /**
   * Sends files of one run.
   *
   * @param tried is raised by each that was tried
   */
  FolderUpload(Tree tree, Talk talk, Outcome outcome, Breaker breaker, AtomicInteger tried) {
    this.tree = tree;
    this.talk = talk;
    this.outcome = outcome;
    this.breaker = breaker;
    this.tried = tried;
    this.predecessors = new Predecessors(tree);
  }

  void failed(PlannedFile file, Refusal refusal) {
    boolean helps = refusal instanceof Refusal.TooLarge && refusal.said().status() == 0;
    String sentence = refusal.said().text() + (helps ? "; --split stores it in parts" : "");
    outcome.failed(file.from(), sentence, Exit.of(new RefusedException(refusal)));
  }

  /** A folder of the host. */
  private record Into(RemotePath path, FolderId folder) {}

  FolderId send(RemotePath path, FolderId folder, List<PlannedFile> files) throws IOException {
    var into = new Into(path, folder);
    var planned = new IdentityHashMap<UploadSource, PlannedFile>();
    files.forEach(file -> planned.put(file.source(), file));
    List<UploadSource> sources = files.stream().map(PlannedFile::source).toList();
    var there = new HashSet<FileLink>();
    files.forEach(file -> there.addAll(file.replaced()));
    var ended = new ConcurrentHashMap<String, String>();
    Progress progress =
        event -> {
          if (event instanceof TransferEvent.Ended(var file, var name)) {
            ended.put(file.name(), name);
          }
          talk.bar().seen(event);
        };
    List<UploadResult> results;
    try {
      results =
          tree.listings()
              .files()
              .store(
                  folder, uploads -> uploads.until(breaker).send(folder, sources, there, progress));
    } catch (IOException e) {
      keep(into, files, ended, e);
      throw e;
    }
    var whole = new ArrayList<PlannedFile>();
    var others = new ArrayList<Otherwise>();
    for (UploadResult result : results) {
      PlannedFile file = Objects.requireNonNull(planned.get(result.source()));
      tried.addAndGet(result instanceof UploadResult.NotTried ? 0 : 1);
      switch (result) {
        case UploadResult.Stored stored when stored.name().equals(file.source().name()) ->
            whole.add(file);
        case UploadResult.Stored stored -> others.add(new Otherwise(file, stored));
        case UploadResult.NotStored not -> failed(file, not.refusal());
        case UploadResult.InDoubt doubt -> failed(file, doubt.refusal());
        case UploadResult.NotTried not when !breaker.isEnded() -> notTried(file, not.refusal());
        case UploadResult.NotTried _ -> {}
      }
    }
    replaceAll(into, whole, others);
    return folder;
  }

  /**
   * Gives files their names, and removes what all replace. If that fails what is stored is told
   * nevertheless.
   */
  private void replaceAll(Into into, List<PlannedFile> whole, List<Otherwise> others)
      throws IOException {
    var named = new ArrayList<>(whole);
    try {
      renameAll(into.path(), others, named);
      replace(into, named);
    } catch (IOException e) {
      notReplaced(into.path(), named, e);
      throw e;
    }
  }

  /** Removes what files replace, and tells of all of them. */
  private void replace(Into into, List<PlannedFile> named) throws IOException {
    List<PlannedFile> untold = predecessors.remove(into.path(), into.folder(), named);
    for (PlannedFile file : named) {
      if (untold.contains(file)) {
        beside(file, "the host does not list all files of " + into.path(), Exit.FAILED);
      } else {
        stored(into.path(), file);
      }
    }
  }

  private void beside(PlannedFile file, String why, Exit exit) {
    outcome.failed(file.from(), "it is stored, beside what it replaces: " + why, exit);
  }

  private void notReplaced(RemotePath path, List<PlannedFile> named, IOException why) {
    for (PlannedFile file : named) {
      if (file.replaced().isEmpty()) {
        stored(path, file);
      } else {
        beside(file, Sentences.of(why), Exit.of(why));
      }
    }
  }

  private void notTried(PlannedFile file, Refusal why) {
    tried.incrementAndGet();
    outcome.failed(
        file.from(),
        "not tried, since others were refused: " + why.said().text(),
        Exit.of(new RefusedException(why)));
  }

  private void stored(RemotePath path, PlannedFile file) {
    outcome.done(file.from(), path.child(file.source().name()).toString(), "stored");
  }

  /** What was to be replaced is still there then, and is what others get by its name. */
  private void otherwise(RemotePath path, PlannedFile file, String name) {
    String sentence = "the host stores it under another name alone: " + name;
    if (!file.replaced().isEmpty()) {
      outcome.failed(file.from(), sentence, Exit.CONFLICT);
      return;
    }
    outcome.done(file.from(), path.child(name).toString(), "stored");
    talk.warn("%s: %s".formatted(file.from(), sentence));
  }

  /** What the host has stored under another name. */
  private record Otherwise(PlannedFile file, UploadResult.Stored stored) {}

  /** Each by itself; none is asked for that would fail as the one before it. */
  private void renameAll(RemotePath path, List<Otherwise> others, List<PlannedFile> named)
      throws IOException {
    List<Otherwise> left = others;
    while (!left.isEmpty()) {
      int ended = 1;
      try {
        if (rename(path, left.getFirst())) {
          named.add(left.getFirst().file());
        }
      } catch (IOException e) {
        ended = notRenamed(left, e);
      }
      left = left.subList(ended, left.size());
    }
  }

  /** Tells it of the first, and of those behind it if they would fail, too: of how many. */
  private int notRenamed(List<Otherwise> left, IOException why) throws IOException {
    if (why instanceof RefusedException refused) {
      breaker.saw(refused.refusal());
    }
    boolean isForAll = SplitPlan.isForAll(why);
    int ended = isForAll || breaker.isEnded() ? left.size() : 1;
    for (Otherwise other : left.subList(0, ended)) {
      String sentence =
          "the host has stored it as %s: %s".formatted(other.stored().name(), Sentences.of(why));
      outcome.failed(other.file().from(), sentence, Exit.of(why));
    }
    if (isForAll) {
      throw why;
    }
    return ended;
  }

  /** What has another name does not take the place of what has the right one. */
  private boolean rename(RemotePath path, Otherwise other) throws IOException {
    boolean isRenamed = tree.listings().files().rename(other.stored());
    if (!isRenamed) {
      otherwise(path, other.file(), other.stored().name());
    }
    return isRenamed;
  }

  /** One of several requests has failed: what others have stored is there nevertheless. */
  private void keep(
      Into into, List<PlannedFile> files, Map<String, String> ended, IOException failure) {
    var named = new ArrayList<PlannedFile>();
    for (PlannedFile file : files) {
      String wanted = file.source().name();
      String name = ended.getOrDefault(wanted, "");
      if (name.equals(wanted)) {
        named.add(file);
      } else if (!name.isEmpty()) {
        otherwise(into.path(), file, name);
      }
    }
    // This may be one of the threads that are to end.
    boolean isInterrupted = Thread.interrupted();
    try {
      replace(into, named);
    } catch (IOException e) {
      notReplaced(into.path(), named, e);
      failure.addSuppressed(e);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
