package io.consigne.cli.files;

import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RefusedException;
import io.consigne.client.split.Manifest;
import io.consigne.client.split.NotWholeException;
import io.consigne.client.split.SplitDownload;
import io.consigne.client.transfer.Breaker;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.Together;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Files on their way down. What is taken is known before the start. */
final class DownloadPlan {
  private final Session session;
  private final IfExists ifExists;
  private final Talk talk;
  private final Outcome outcome;
  private final List<Planned> files = new ArrayList<>();
  private final List<Path> folders = new ArrayList<>();

  /** What is to be there, and from where. */
  private final Map<Path, String> taken = new HashMap<>();

  /** The names that files take while they are fetched. */
  private final Set<Path> beside = new HashSet<>();

  private final Breaker breaker = new Breaker();
  private final AtomicInteger tried = new AtomicInteger();
  private String afterStop;
  private boolean hasParts;

  /** A file, for people, and where it goes. */
  private record Planned(String from, long sizeBytes, Path target, Fetch fetch) {}

  /** Brings a file to its target. */
  @FunctionalInterface
  private interface Fetch {
    void run(Path target, Downloads.IfExists ifExists, Progress progress) throws IOException;
  }

  DownloadPlan(Session session, IfExists ifExists, boolean dryRun) {
    this.session = session;
    this.ifExists = ifExists;
    this.afterStop = ifExists.afterStop();
    this.talk = session.talk();
    this.outcome = new Outcome(talk, dryRun);
  }

  /** What somebody is told who stops it. */
  void ifStopped(String sentence) {
    afterStop = sentence;
  }

  /** A folder and all that is below. */
  void addFolder(Tree tree, Entry.OfFolder folder, Path target) throws IOException {
    Optional<SplitDownload> parts = parts(tree, folder);
    if (parts.isPresent()) {
      String name = String.valueOf(target.getFileName());
      String whole = name.substring(0, Math.max(0, name.lastIndexOf(Manifest.FOLDER_END)));
      addParts(folder, parts.get(), whole.isEmpty() ? target : target.resolveSibling(whole));
      return;
    }
    folders.add(target);
    tree.cut(folder.path(), folder.folder().id())
        .ifPresent(cut -> outcome.failed(folder.path().toString(), cut, Exit.FAILED));
    for (Entry entry : tree.children(folder.path(), folder.folder().id())) {
      String name = entry.path().name();
      if (!isUsable(entry)) {
        continue;
      }
      switch (entry) {
        case Entry.OfFolder below -> addFolder(tree, below, target.resolve(name));
        case Entry.OfFile file -> addFile(tree.client().downloads(), file, target.resolve(name));
      }
    }
  }

  /** A folder, which files may follow. */
  void addEmptyFolder(Path target) {
    folders.add(target);
  }

  /** The parts of a folder; one that is no whole file is named, and fetched as it is. */
  private Optional<SplitDownload> parts(Tree tree, Entry.OfFolder folder) throws IOException {
    try {
      return SplitPlan.parts(tree, folder);
    } catch (NotWholeException e) {
      String sentence = Sentences.of(e) + "; what is there is fetched as it is";
      outcome.failed(folder.path().toString(), sentence, Exit.FAILED);
      return Optional.empty();
    }
  }

  /** Whether a local file can have the name of an entry; else that is told. */
  boolean isUsable(Entry entry) {
    boolean usable = LocalNames.isUsable(entry.path().name());
    if (!usable) {
      outcome.failed(entry.path().toString(), "no local file can have this name", Exit.CONFLICT);
    }
    return usable;
  }

  /** One file of a listing. */
  void addFile(Downloads downloads, Entry.OfFile file, Path target) throws IOException {
    FileLink link = file.file().link();
    if (link == null) {
      outcome.failed(file.path().toString(), "its owner hides the link", Exit.DENIED);
      return;
    }
    var source = DownloadSource.of(file.file());
    String password = session.passwords().of(link);
    DownloadSource opened = password == null ? source : source.with(password);
    add(
        file.path().toString(),
        opened.sizeBytes(),
        target,
        (to, exists, progress) ->
            downloads.fetch(downloads.verified(opened), to, exists, progress));
  }

  /** Whether a file in parts is to come. */
  boolean hasParts() {
    return hasParts;
  }

  /** A file in parts. */
  void addParts(Entry.OfFolder folder, SplitDownload parts, Path target) {
    hasParts = true;
    add(folder.path().toString(), parts.manifest().sizeBytes(), target, parts::fetch);
  }

  private void add(String from, long sizeBytes, Path wanted, Fetch fetch) {
    Path target = wanted;
    String first = taken.get(target);
    if (first != null && ifExists == IfExists.SKIP) {
      outcome.failed(from, "another file gets the same name", Exit.CONFLICT);
      return;
    }
    if (first != null && ifExists != IfExists.RENAME) {
      throw IfExists.twice(target, first, from);
    }
    if (isTaken(target)) {
      switch (ifExists) {
        case FAIL -> throw exists(target);
        case SKIP -> {
          outcome.skipped(from, target.toString());
          return;
        }
        case RENAME -> {
          String name = String.valueOf(target.getFileName());
          target =
              target.resolveSibling(
                  IfExists.freeName(name, other -> isTaken(wanted.resolveSibling(other))));
        }
        case REPLACE -> {
          if (Files.isDirectory(target)) {
            throw exists(target);
          }
        }
      }
    }
    if (isBesideAnother(target)) {
      outcome.failed(
          from, "its name and that of another file clash while both are fetched", Exit.CONFLICT);
      return;
    }
    taken.put(target, from);
    beside.addAll(beside(target));
    files.add(new Planned(from, sizeBytes, target, fetch));
  }

  private static Problem exists(Path target) {
    return IfExists.exists(target, "downloaded");
  }

  /** Whether one of the two would be written over the half of the other. */
  private boolean isBesideAnother(Path target) {
    return beside.contains(target) || beside(target).stream().anyMatch(taken::containsKey);
  }

  private static List<Path> beside(Path target) {
    return Downloads.namesBeside(String.valueOf(target.getFileName())).stream()
        .map(target::resolveSibling)
        .toList();
  }

  private boolean isTaken(Path target) {
    return taken.containsKey(target) || Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes the folders and fetches the files, so many at once. */
  Exit run(int atOnce) throws IOException {
    for (Path folder : folders) {
      make(folder);
    }
    if (outcome.isDryRun()) {
      for (Planned file : files) {
        fetch(file);
      }
      return outcome.tell();
    }
    talk.bar().ifStopped(afterStop);
    talk.ifPartial(afterStop);
    talk.bar().expect(files.size(), files.stream().mapToLong(Planned::sizeBytes).sum());
    List<Callable<Planned>> fetches = new ArrayList<>();
    files.forEach(file -> fetches.add(() -> fetch(file)));
    try {
      breaker.guard(() -> Together.run(fetches, atOnce));
    } catch (IOException e) {
      outcome.broken(files.size());
      throw e;
    }
    breaker.ended().ifPresent(why -> outcome.ended(why, files.size() - tried.get()));
    return outcome.tell();
  }

  /** Makes a folder with those above it, or tells that. */
  private void make(Path folder) throws IOException {
    List<Path> missing = missing(folder);
    if (outcome.isDryRun()) {
      missing.forEach(each -> outcome.wouldMake(each.toString()));
    } else {
      Files.createDirectories(folder);
    }
  }

  private static List<Path> missing(Path folder) throws IOException {
    var missing = new ArrayList<Path>();
    for (Path at = folder; at != null && !Files.isDirectory(at); at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(at.toString());
      }
      missing.addFirst(at);
    }
    return missing;
  }

  /** Fetches a file, while the run goes on; that of others may end while it is under way. */
  private Planned fetch(Planned file) throws IOException {
    if (breaker.isEnded()) {
      return file;
    }
    boolean replace = ifExists == IfExists.REPLACE;
    try {
      Path parent = file.target().getParent();
      if (parent != null) {
        make(parent);
      }
      if (outcome.isDryRun()) {
        String verb = Files.exists(file.target()) ? "replace" : "fetch";
        outcome.wouldDo(verb, file.from(), file.target().toString(), "fetched");
        return file;
      }
      file.fetch()
          .run(
              file.target(),
              replace ? Downloads.IfExists.REPLACE : Downloads.IfExists.FAIL,
              talk.bar());
      breaker.succeeded();
      tried.incrementAndGet();
      outcome.done(file.from(), file.target().toString(), "fetched");
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        return ended(file, e);
      }
      tried.incrementAndGet();
      outcome.failed(file.from(), Sentences.of(e), Exit.of(e));
      if (e instanceof RefusedException refused) {
        breaker.refused(refused);
      }
      if (breaker.isOfAll(e)) {
        throw e;
      }
    }
    return file;
  }

  /** One that ends since another has ended all: a breaker is no failure. */
  private Planned ended(Planned file, IOException why) throws IOException {
    if (breaker.isEnded()) {
      return file;
    }
    throw why;
  }
}
