package io.consigne.cli.files;

import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.cache.CachedFiles;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.split.Manifest;
import io.consigne.client.split.Pieces;
import io.consigne.client.split.SplitDownload;
import io.consigne.client.split.SplitUpload;
import io.consigne.client.transfer.Breaker;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Files that go up in parts, each into a folder of its own. */
final class SplitPlan {
  private static final String STORED = "stored in parts";

  private final Tree tree;
  private final Talk talk;
  private final long partBytes;
  private final List<Planned> files = new ArrayList<>();

  private record Planned(Path local, RemotePath folder, String from) {}

  SplitPlan(Tree tree, Talk talk, long partBytes) {
    this.tree = tree;
    this.talk = talk;
    this.partBytes = partBytes;
  }

  /** Whether any file is too large. */
  boolean isAsked() {
    return partBytes < Long.MAX_VALUE;
  }

  boolean isTooLarge(Path local) throws IOException {
    return Files.size(local) > partBytes;
  }

  /** The folder that a file in parts is. */
  static RemotePath folder(RemotePath file) {
    return file.parent().child(file.name() + Manifest.FOLDER_END);
  }

  /** The file that a folder is in parts, by its name; empty if it is a folder like others. */
  static Optional<RemotePath> file(RemotePath folder) {
    boolean split = !folder.isRoot() && folder.name().endsWith(Manifest.FOLDER_END);
    int length = split ? folder.name().length() - Manifest.FOLDER_END.length() : 0;
    return length == 0
        ? Optional.empty()
        : Optional.of(folder.parent().child(folder.name().substring(0, length)));
  }

  /** The parts in a folder; empty if it is no file in parts. */
  static Optional<SplitDownload> parts(Tree tree, Entry.OfFolder folder) throws IOException {
    return file(folder.path()).isEmpty()
        ? Optional.empty()
        : SplitDownload.of(tree.client(), tree.list(folder.path(), folder.folder().id()).files());
  }

  /** Whether a whole file in parts is there. */
  boolean isTaken(RemotePath folder) throws IOException {
    return there(folder).stream().anyMatch(file -> file.name().equals(Manifest.NAME));
  }

  private List<RemoteFile> there(RemotePath folder) throws IOException {
    Optional<Folder> found = tree.folder(folder);
    return found.isEmpty() ? List.of() : tree.list(folder, found.get().id()).files();
  }

  void add(Path local, RemotePath folder, String from) throws IOException {
    files.add(new Planned(local, folder, from));
    long size = Files.size(local);
    talk.bar().expect(Math.ceilDiv(size, partBytes) + 1, size);
  }

  /** How many files there are. */
  int count() {
    return files.size();
  }

  /**
   * Sends them, while the run goes on.
   *
   * @param tried is raised by each that was tried
   */
  void run(Outcome outcome, Breaker breaker, AtomicInteger tried) throws IOException {
    for (Planned file : files) {
      if (breaker.isEnded()) {
        return;
      }
      tried.incrementAndGet();
      try {
        check(file);
      } catch (IOException | IllegalArgumentException e) {
        outcome.failed(file.from(), Sentences.of(e), Exit.of(e));
        continue;
      }
      if (outcome.isDryRun()) {
        tree.missing(file.folder()).forEach(each -> outcome.wouldMake(each.toString()));
        outcome.wouldDo("send", file.from(), file.folder().toString(), STORED);
      } else {
        send(file, outcome, breaker);
      }
    }
  }

  /** Before anything is made or sent. */
  private void check(Planned file) throws IOException {
    for (UploadSource piece : Pieces.of(file.local(), partBytes)) {
      Optional<Refusal> refusal = tree.client().uploads().refusal(piece);
      if (refusal.isPresent()) {
        throw new RefusedException(refusal.get());
      }
    }
  }

  /** What the other files would meet, too. */
  static boolean isForAll(IOException e) {
    return Breaker.isForAll(e) || Thread.currentThread().isInterrupted();
  }

  private void send(Planned file, Outcome outcome, Breaker breaker) throws IOException {
    try {
      FolderId id = tree.make(file.folder());
      List<RemoteFile> there = there(file.folder());
      new SplitUpload(place()).send(file.local(), partBytes, id, there);
      outcome.done(file.from(), file.folder().toString(), STORED);
      breaker.succeeded();
    } catch (IOException | IllegalArgumentException | Problem e) {
      outcome.failed(file.from(), Sentences.of(e), Exit.of(e));
      if (e instanceof RefusedException refused) {
        breaker.refused(refused);
      }
      if (e instanceof IOException broken && isForAll(broken)) {
        throw broken;
      }
    }
  }

  /** A run that dies leaves behind what it was at, so that no part is stored twice. */
  private SplitUpload.Place place() {
    CachedFiles files = tree.listings().files();
    return new SplitUpload.Place() {
      @Override
      public List<UploadResult> send(
          FolderId folder, List<UploadSource> pieces, Set<FileLink> others) throws IOException {
        return files.store(folder, uploads -> uploads.send(folder, pieces, others, talk.bar()));
      }

      @Override
      public void remove(List<FileLink> links) throws IOException {
        files.remove(links);
      }
    };
  }
}
