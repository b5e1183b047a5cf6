package io.consigne.cli.files;

import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.client.model.CopiedFile;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transfer.Breaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies on the host, by the folder that they go to: those of one folder are one call. */
final class CopyPlan {
  private static final String PASSED_OVER = "the host does not say that it has copied it";

  private final Session session;
  private final Tree tree;
  private final Outcome outcome;
  private final Map<RemotePath, List<Planned>> folders = new LinkedHashMap<>();

  private final Breaker breaker = new Breaker();
  private int tried;

  /** A file, and its name there. */
  private record Planned(Entry.OfFile file, FileLink link, String name) {
    boolean isRenamed() {
      return !name.equals(file.file().name());
    }

    String path() {
      return file.path().toString();
    }
  }

  /** A file, and the link of its copy. */
  private record Copied(Planned file, FileLink link) {}

  CopyPlan(Session session, Tree tree, boolean dryRun) {
    this.session = session;
    this.tree = tree;
    this.outcome = new Outcome(session.talk(), dryRun);
  }

  /** One file. */
  void addFile(Entry.OfFile file, RemotePath to) throws IOException {
    Linked.unlock(session, tree.client().downloads(), file);
    folders
        .computeIfAbsent(to.parent(), _ -> new ArrayList<>())
        .add(new Planned(file, RemoteTarget.link(file), to.name()));
  }

  /** A folder, which files may follow. */
  void addEmptyFolder(RemotePath to) {
    folders.computeIfAbsent(to, _ -> new ArrayList<>());
  }

  /** A folder and all that is below, as it is now. */
  void addFolder(Entry.OfFolder folder, RemotePath to) throws IOException {
    folders.computeIfAbsent(to, _ -> new ArrayList<>());
    tree.cut(folder.path(), folder.folder().id())
        .ifPresent(cut -> outcome.failed(folder.path().toString(), cut, Exit.FAILED));
    for (Entry entry : tree.children(folder.path(), folder.folder().id())) {
      RemotePath place = to.child(entry.path().name());
      switch (entry) {
        case Entry.OfFile file -> addFile(file, place);
        case Entry.OfFolder below -> addFolder(below, place);
      }
    }
  }

  /**
   * Makes the folders and copies the files; a folder that fails does not stop the others, until the
   * breaker ends it.
   */
  Exit run() throws IOException {
    if (outcome.isDryRun()) {
      rehearse();
      return outcome.tell();
    }
    breaker.guard(() -> {
      for (Map.Entry<RemotePath, List<Planned>> folder : folders.entrySet()) {
        copy(folder.getKey(), folder.getValue());
      }
    });
    int all = folders.values().stream().mapToInt(List::size).sum();
    breaker.ended().ifPresent(why -> outcome.ended(why, all - tried));
    return outcome.tell();
  }

  private void copy(RemotePath folder, List<Planned> files) throws IOException {
    if (breaker.isEnded()) {
      return;
    }
    FolderId id;
    try {
      id = tree.make(folder);
    } catch (RefusedException | Problem e) {
      tried += files.size();
      refused(folder, files, e);
      return;
    }
    var byPassword = new LinkedHashMap<String, List<Planned>>();
    for (Planned file : files) {
      String password = Objects.requireNonNullElse(session.passwords().of(file.link()), "");
      byPassword.computeIfAbsent(password, _ -> new ArrayList<>()).add(file);
    }
    for (Map.Entry<String, List<Planned>> some : byPassword.entrySet()) {
      String password = some.getKey().isEmpty() ? null : some.getKey();
      copy(folder, id, some.getValue(), password);
    }
    tree.forget(id);
  }

  /** Names what was to go into a folder that cannot be made. */
  private void refused(RemotePath folder, List<Planned> files, Exception why)
      throws RefusedException {
    if (files.isEmpty()) {
      outcome.failed(folder.toString(), Sentences.of(why), Exit.of(why));
    }
    files.forEach(file -> outcome.failed(file.path(), Sentences.of(why), Exit.of(why)));
    if (why instanceof RefusedException refused) {
      breaker.refused(refused);
    }
  }

  private void rehearse() throws IOException {
    for (Map.Entry<RemotePath, List<Planned>> folder : folders.entrySet()) {
      tree.missing(folder.getKey()).forEach(each -> outcome.wouldMake(each.toString()));
      for (Planned file : folder.getValue()) {
        String to = folder.getKey().child(file.name()).toString();
        outcome.wouldDo("copy", file.path(), to, "copied");
      }
    }
  }

  private void copy(
      RemotePath path, FolderId folder, List<Planned> files, @Nullable String password)
      throws RefusedException {
    tried += files.size();
    var left = new ArrayList<>(files);
    try {
      List<FileLink> links = files.stream().map(Planned::link).toList();
      List<Copied> copied = copied(left, tree.listings().files().copy(links, folder, password));
      rename(copied);
      for (Copied copy : copied) {
        left.remove(copy.file());
        String to = path.child(copy.file().name()).toString();
        outcome.done(copy.file().path(), to, "copied");
      }
      left.forEach(file -> outcome.failed(file.path(), PASSED_OVER, Exit.FAILED));
      breaker.succeeded();
    } catch (IOException e) {
      left.forEach(file -> outcome.failed(file.path(), Sentences.of(e), Exit.of(e)));
      if (e instanceof RefusedException refused) {
        breaker.refused(refused);
      }
    }
  }

  /** Those that the host says to have copied, each once. */
  private static List<Copied> copied(List<Planned> files, List<CopiedFile> copies) {
    var told = new ArrayList<>(copies);
    var copied = new ArrayList<Copied>();
    for (Planned file : files) {
      for (CopiedFile copy : told) {
        if (copy.from().id().equals(file.link().id())) {
          copied.add(new Copied(file, copy.to()));
          told.remove(copy);
          break;
        }
      }
    }
    return copied;
  }

  private void rename(List<Copied> copies) throws IOException {
    var names = new LinkedHashMap<FileLink, String>();
    copies.stream()
        .filter(copy -> copy.file().isRenamed())
        .forEach(copy -> names.put(copy.link(), copy.file().name()));
    if (!names.isEmpty()) {
      tree.listings().files().rename(names);
    }
  }
}
