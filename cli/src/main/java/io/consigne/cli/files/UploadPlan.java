package io.consigne.cli.files;

import io.consigne.cli.remote.LongUploads;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.Breaker;
import io.consigne.client.transfer.LocalName;
import io.consigne.client.transfer.Together;
import io.consigne.client.transfer.UploadSource;
import io.consigne.client.transfer.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Files on their way up, by the folder that they go to. What is taken is known before the start.
 */
final class UploadPlan {
  private final Tree tree;
  private final IfExists ifExists;
  private final Talk talk;
  private final Outcome outcome;
  private final SplitPlan splits;
  private final FolderUpload sending;
  private final Map<RemotePath, List<PlannedFile>> folders = new LinkedHashMap<>();

  /** What is to be there, and from where. */
  private final Map<RemotePath, String> taken = new HashMap<>();

  private final Map<RemotePath, Boolean> missing = new HashMap<>();

  private final Breaker breaker = new Breaker();
  private final AtomicInteger tried = new AtomicInteger();
  private final MadeFolders made;
  private String afterStop;

  /** Bytes that get a name. */
  @FunctionalInterface
  private interface Origin {
    UploadSource named(String name) throws IOException;
  }

  /**
   * A plan.
   *
   * @param partBytes above what size a file is stored in parts
   * @param dryRun whether it is only told
   */
  UploadPlan(Tree tree, IfExists ifExists, Talk talk, long partBytes, boolean dryRun) {
    this.tree = tree;
    this.ifExists = ifExists;
    this.afterStop = ifExists.afterStop();
    this.talk = talk;
    this.outcome = new Outcome(talk, dryRun);
    this.splits = new SplitPlan(tree, talk, partBytes);
    this.sending = new FolderUpload(tree, talk, outcome, breaker, tried);
    this.made = new MadeFolders(tree, breaker);
  }

  /** What somebody is told who stops it. */
  void ifStopped(String sentence) {
    afterStop = sentence;
  }

  boolean isFolder(RemotePath path) throws IOException {
    return isThere(path);
  }

  /** Below a folder that is missing nothing needs to be asked. */
  private boolean isThere(RemotePath path) throws IOException {
    if (!path.isRoot() && Boolean.TRUE.equals(missing.get(path.parent()))) {
      missing.put(path, true);
      return false;
    }
    boolean there = tree.folder(path).isPresent();
    missing.put(path, !there);
    return there;
  }

  /** A folder and what is below it; a folder of that name that is there is added to. */
  void addFolder(Path local, RemotePath target) throws IOException {
    List<Path> children;
    try (Stream<Path> entries = Files.list(local)) {
      children = entries.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      outcome.failed(LocalName.shown(local), Sentences.of(e), Exit.of(e));
      return;
    }
    folders.computeIfAbsent(target, _ -> new ArrayList<>());
    var _ = isThere(target);
    for (Path child : children) {
      addChild(child, target);
    }
  }

  private void addChild(Path child, RemotePath folder) throws IOException {
    String shown = LocalName.shown(child);
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      outcome.failed(shown, Sentences.of(e), Exit.of(e));
      return;
    }
    if (!attributes.isDirectory() && !attributes.isRegularFile()) {
      talk.note("skipped, no file: " + shown);
      return;
    }
    if (!LocalName.isText(child.getFileName())) {
      outcome.failed(shown, LocalName.refusal(), Exit.CONFLICT);
      return;
    }
    RemotePath place = folder.child(String.valueOf(child.getFileName()));
    if (attributes.isDirectory()) {
      addFolder(child, place);
    } else {
      addFile(child, place);
    }
  }

  /** One file. */
  void addFile(Path local, RemotePath target) throws IOException {
    String from = LocalName.shown(local);
    if (splits.isTooLarge(local)) {
      addSplit(local, target, from);
    } else {
      add(from, target, name -> UploadSource.of(local, name));
    }
  }

  /**
   * The standard input. It is read last, when it is known that its name is free, except that its
   * length must be known if large files are split; in a dry run it is not read.
   */
  void addInput(Spool spool, RemotePath target) throws IOException {
    if (outcome.isDryRun()) {
      // Its length is not known; some hosts refuse what is empty.
      add(Spool.FROM, target, name -> UploadSource.of(name, new byte[1]));
    } else if (splits.isAsked() && splits.isTooLarge(spool.file())) {
      addSplit(spool.file(), target, Spool.FROM);
    } else {
      add(Spool.FROM, target, name -> UploadSource.of(spool.file(), name));
    }
  }

  /** What no file can get: no name, that of another of the same command, or one in doubt. */
  private void refuse(RemotePath target, String from) throws IOException {
    if (target.isRoot()) {
      throw new Problem(Exit.USAGE, "a file needs a name: " + from);
    }
    String other = taken.get(target);
    if (other != null && ifExists != IfExists.RENAME) {
      throw IfExists.twice(target, other, from);
    }
    if (isThere(target.parent())) {
      refuseCut(target.parent());
    }
  }

  private void add(String from, RemotePath target, Origin origin) throws IOException {
    refuse(target, from);
    RemotePath folder = target.parent();
    List<RemoteFile> there = isThere(folder) ? tree.files(target) : List.of();
    String name = target.name();
    List<FileLink> replaced = List.of();
    if (!there.isEmpty() || taken.containsKey(target)) {
      switch (ifExists) {
        case FAIL -> throw exists(target);
        case SKIP -> {
          outcome.skipped(from, target.toString());
          return;
        }
        case RENAME -> name = IfExists.freeName(name, other -> isTaken(folder.child(other)));
        case REPLACE ->
            replaced = there.stream().map(RemoteFile::link).filter(Objects::nonNull).toList();
      }
    }
    taken.put(folder.child(name), from);
    folders
        .computeIfAbsent(folder, _ -> new ArrayList<>())
        .add(new PlannedFile(from, origin.named(name), replaced));
  }

  /** A file in parts; those of an earlier try, which are not whole, are gone on with. */
  private void addSplit(Path local, RemotePath target, String from) throws IOException {
    refuse(target, from);
    RemotePath wanted = SplitPlan.folder(target);
    if (!isTaken(target) && !splits.isTaken(wanted)) {
      taken.put(target, from);
      splits.add(local, wanted, from);
      return;
    }
    switch (ifExists) {
      case SKIP -> outcome.skipped(from, wanted.toString());
      case RENAME -> {
        String name =
            IfExists.freeName(target.name(), other -> isTakenInParts(target.parent().child(other)));
        RemotePath free = target.parent().child(name);
        taken.put(free, from);
        splits.add(local, SplitPlan.folder(free), from);
      }
      case REPLACE ->
          throw new Problem(
              Exit.CONFLICT, "a file in parts is not replaced: " + wanted, "remove it first");
      case FAIL -> throw exists(wanted);
    }
  }

  /** Where the host does not list all files, no name is known to be free. */
  private void refuseCut(RemotePath folder) throws IOException {
    Optional<String> cut = tree.cut(folder);
    if (cut.isPresent()) {
      throw new Problem(
          Exit.FAILED, cut.get() + ", nothing was uploaded", "a folder inside it takes files");
    }
  }

  private static Problem exists(RemotePath target) {
    return IfExists.exists(target, "uploaded");
  }

  private boolean isTaken(RemotePath path) {
    try {
      return taken.containsKey(path) || !tree.files(path).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isTakenInParts(RemotePath path) {
    try {
      return isTaken(path) || splits.isTaken(SplitPlan.folder(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void noteLong() throws IOException {
    if (!splits.isAsked()) {
      Stream<LongUploads.Sent> sent =
          folders.values().stream()
              .flatMap(List::stream)
              .map(file -> new LongUploads.Sent(file.from(), file.source()));
      LongUploads.note(talk, tree.client(), sent, "--split");
    }
  }

  /** Makes the folders and sends the files. */
  Exit run() throws IOException {
    noteLong();
    if (outcome.isDryRun()) {
      rehearse();
      return outcome.tell();
    }
    talk.bar().ifStopped(afterStop);
    talk.ifPartial(afterStop);
    for (List<PlannedFile> files : folders.values()) {
      long bytes = files.stream().mapToLong(file -> file.source().sizeBytes()).sum();
      talk.bar().expect(files.size(), bytes);
    }
    int all = splits.count() + folders.values().stream().mapToInt(List::size).sum();
    try {
      sendAll();
    } catch (IOException | RuntimeException e) {
      outcome.broken(all);
      throw e;
    }
    breaker.ended().ifPresent(why -> outcome.ended(why, all - tried.get()));
    return outcome.tell();
  }

  private void sendAll() throws IOException {
    var sends = new ArrayList<Callable<FolderId>>();
    for (Map.Entry<RemotePath, List<PlannedFile>> folder : folders.entrySet()) {
      Optional<FolderId> id = made.make(folder.getKey());
      if (id.isEmpty()) {
        tellRefused(folder.getKey(), folder.getValue());
      } else if (!folder.getValue().isEmpty()) {
        sends.add(() -> sending.send(folder.getKey(), id.get(), folder.getValue()));
      }
    }
    Together.run(sends, tree.client().uploads().foldersAtOnce());
    breaker.guard(() -> splits.run(outcome, breaker, tried));
  }

  /** Tells that a folder was not made; of what is left when a run ends, its end tells. */
  private void tellRefused(RemotePath folder, List<PlannedFile> files) {
    made.refusal(folder)
        .ifPresent(why -> {
          tried.addAndGet(files.size());
          files.forEach(file -> failed(file, why));
          if (files.isEmpty()) {
            outcome.failed(
                folder.toString(), why.said().text(), Exit.of(new RefusedException(why)));
          }
        });
  }

  private void rehearse() throws IOException {
    Uploads uploads = tree.client().uploads();
    for (Map.Entry<RemotePath, List<PlannedFile>> folder : folders.entrySet()) {
      tree.missing(folder.getKey()).forEach(each -> outcome.wouldMake(each.toString()));
      for (PlannedFile file : folder.getValue()) {
        Optional<Refusal> refusal = uploads.refusal(file.source());
        if (refusal.isPresent()) {
          failed(file, refusal.get());
          continue;
        }
        String verb = file.replaced().isEmpty() ? "send" : "replace";
        String to = folder.getKey().child(file.source().name()).toString();
        outcome.wouldDo(verb, file.from(), to, "stored");
      }
    }
    splits.run(outcome, breaker, tried);
  }

  private void failed(PlannedFile file, Refusal refusal) {
    sending.failed(file, refusal);
  }
}
