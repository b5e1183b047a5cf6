package io.consigne.cli.files;

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
import io.consigne.client.transfer.Together;
import io.consigne.client.transfer.UploadResult;
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
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
  private final Map<RemotePath, List<Planned>> folders = new LinkedHashMap<>();
  private final Map<RemotePath, Set<String>> taken = new HashMap<>();
  private final Map<RemotePath, Boolean> missing = new HashMap<>();

  private String afterStop;

  /** A file, its name there, and what it replaces. */
  private record Planned(String from, UploadSource source, List<FileLink> replaced) {}

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
      outcome.failed(local.toString(), Sentences.of(e), Exit.of(e));
      return;
    }
    folders.computeIfAbsent(target, _ -> new ArrayList<>());
    var _ = isThere(target);
    for (Path child : children) {
      addChild(child, target.child(String.valueOf(child.getFileName())));
    }
  }

  private void addChild(Path child, RemotePath place) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      outcome.failed(child.toString(), Sentences.of(e), Exit.of(e));
      return;
    }
    if (attributes.isDirectory()) {
      addFolder(child, place);
    } else if (attributes.isRegularFile()) {
      addFile(child, place);
    } else {
      talk.note("passed over, no file: " + child);
    }
  }

  /** One file. */
  void addFile(Path local, RemotePath target) throws IOException {
    addFile(local, target, local.toString());
  }

  /** One file, which is called otherwise before people. */
  void addFile(Path local, RemotePath target, String from) throws IOException {
    if (target.isRoot()) {
      throw new Problem(Exit.USAGE, "a file needs a name: " + from);
    }
    RemotePath folder = target.parent();
    boolean isThere = isThere(folder);
    if (isThere) {
      refuseCut(folder);
    }
    if (splits.isTooLarge(local)) {
      addSplit(local, target, from);
      return;
    }
    List<RemoteFile> there = isThere ? tree.files(target) : List.of();
    Set<String> names = taken.computeIfAbsent(folder, _ -> new HashSet<>());
    String name = target.name();
    List<FileLink> replaced = List.of();
    if (names.contains(name) && ifExists != IfExists.RENAME) {
      throw IfExists.twice(target);
    }
    if (!there.isEmpty() || names.contains(name)) {
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
    names.add(name);
    folders
        .computeIfAbsent(folder, _ -> new ArrayList<>())
        .add(new Planned(from, UploadSource.of(local, name), replaced));
  }

  /** A file in parts; those of an earlier try, which are not whole, are gone on with. */
  private void addSplit(Path local, RemotePath target, String from) throws IOException {
    RemotePath wanted = SplitPlan.folder(target);
    if (splits.isPlanned(wanted) && ifExists != IfExists.RENAME) {
      throw IfExists.twice(wanted);
    }
    if (!splits.isTaken(wanted) && tree.files(target).isEmpty()) {
      splits.add(local, wanted, from);
      return;
    }
    switch (ifExists) {
      case SKIP -> outcome.skipped(from, wanted.toString());
      case RENAME -> {
        Predicate<String> taken =
            other -> {
              try {
                return splits.isTaken(SplitPlan.folder(target.parent().child(other)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            };
        String name = IfExists.freeName(target.name(), taken);
        splits.add(local, SplitPlan.folder(target.parent().child(name)), from);
      }
      case REPLACE ->
          throw new Problem(
              Exit.CONFLICT, "a file in parts is not replaced; remove it first: " + wanted);
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
    return new Problem(
        Exit.CONFLICT,
        "exists already, nothing was uploaded: %s; say --if-exists skip, replace or rename"
            .formatted(target));
  }

  private boolean isTaken(RemotePath path) {
    try {
      return taken.getOrDefault(path.parent(), Set.of()).contains(path.name())
          || !tree.files(path).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the folders and sends the files. */
  Exit run() throws IOException {
    if (outcome.isDryRun()) {
      rehearse();
      return outcome.tell();
    }
    talk.bar().ifStopped(afterStop);
    for (List<Planned> files : folders.values()) {
      long bytes = files.stream().mapToLong(file -> file.source().sizeBytes()).sum();
      talk.bar().expect(files.size(), bytes);
    }
    var sends = new ArrayList<Callable<FolderId>>();
    for (Map.Entry<RemotePath, List<Planned>> folder : folders.entrySet()) {
      FolderId id = tree.make(folder.getKey());
      if (!folder.getValue().isEmpty()) {
        sends.add(() -> send(folder.getKey(), id, folder.getValue()));
      }
    }
    Together.run(sends, tree.client().uploads().foldersAtOnce());
    splits.run(outcome);
    return outcome.tell();
  }

  private void rehearse() throws IOException {
    Uploads uploads = tree.client().uploads();
    for (Map.Entry<RemotePath, List<Planned>> folder : folders.entrySet()) {
      tree.missing(folder.getKey()).forEach(each -> outcome.wouldMake(each.toString()));
      for (Planned file : folder.getValue()) {
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
    splits.run(outcome);
  }

  private void failed(Planned file, Refusal refusal) {
    outcome.failed(file.from(), refusal.said().text(), Exit.of(new RefusedException(refusal)));
  }

  private FolderId send(RemotePath path, FolderId folder, List<Planned> files) throws IOException {
    var planned = new IdentityHashMap<UploadSource, Planned>();
    files.forEach(file -> planned.put(file.source(), file));
    List<UploadSource> sources = files.stream().map(Planned::source).toList();
    var others = new HashSet<FileLink>();
    files.forEach(file -> others.addAll(file.replaced()));
    var replaced = new ArrayList<FileLink>();
    for (UploadResult result : tree.client().uploads().send(folder, sources, others, talk.bar())) {
      Planned file = Objects.requireNonNull(planned.get(result.source()));
      switch (result) {
        case UploadResult.Stored stored -> {
          outcome.done(file.from(), path.child(stored.name()).toString(), "stored");
          replaced.addAll(file.replaced());
        }
        case UploadResult.NotStored not -> failed(file, not.refusal());
      }
    }
    if (!replaced.isEmpty()) {
      tree.client().files().remove(replaced);
    }
    return folder;
  }
}
