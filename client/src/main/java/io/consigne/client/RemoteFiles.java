package io.consigne.client;

import io.consigne.client.model.CopiedFile;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Removal;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.FileCalls;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of an account. What takes a list makes few calls of it.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=files}
 */
public final class RemoteFiles {
  /** Links of one call. */
  private static final int LINKS_PER_CALL = 500;

  private final Policy policy;

  RemoteFiles(Policy policy) {
    this.policy = policy;
  }

  /**
   * The files directly inside a folder that came in a span of time, or all. 1fichier.com wants to
   * be asked for a folder once in 30 seconds and lists at most 5,000 files.
   *
   * @param after the first second of the span; null for all from the beginning
   * @param before its last second; null for all to the end
   */
  public List<RemoteFile> list(FolderId folder, @Nullable Instant after, @Nullable Instant before)
      throws IOException {
    return policy.run(FileCalls.list(folder, after, before));
  }

  /** All files of the account. 1fichier.com wants to be asked once an hour, and tells no paths. */
  public List<RemoteFile> listAll() throws IOException {
    return policy.run(FileCalls.listAll());
  }

  /** The files that a Consigne host will remove since nobody downloads them; else none. */
  public List<Removal> removals() throws IOException {
    return policy.run(FileCalls.removals());
  }

  /** All that is said of a file, which may be somebody else's. */
  public FileDetails info(FileLink link) throws IOException {
    return info(link, null);
  }

  /**
   * All that is said of somebody else's file.
   *
   * @param password of its link, or null
   */
  public FileDetails info(FileLink link, @Nullable String password) throws IOException {
    return policy.run(FileCalls.info(link, password));
  }

  /**
   * Removes files for ever. Those that are not there are passed over.
   *
   * @throws RefusedException as {@link Refusal.NotFound} if none is there
   */
  public void remove(List<FileLink> links) throws IOException {
    for (List<FileLink> some : pieces(links)) {
      policy.run(FileCalls.remove(some));
    }
  }

  /** Moves files into a folder. Their links stay. */
  public void move(List<FileLink> links, FolderId target) throws IOException {
    for (List<FileLink> some : pieces(links)) {
      policy.run(FileCalls.move(some, target));
    }
  }

  /** Gives files other names. */
  public void rename(Map<FileLink, String> names) throws IOException {
    for (List<FileLink> some : pieces(List.copyOf(names.keySet()))) {
      var piece = new LinkedHashMap<FileLink, String>();
      some.forEach(link -> piece.put(link, String.valueOf(names.get(link))));
      policy.run(FileCalls.rename(piece));
    }
  }

  /**
   * Copies files, also somebody else's, into a folder, without moving their bytes.
   *
   * @param password of somebody else's files, or null
   * @throws IOException also if the answer is lost: it is not asked again, since that could make
   *     second copies
   */
  public List<CopiedFile> copy(List<FileLink> links, FolderId target, @Nullable String password)
      throws IOException {
    var copies = new ArrayList<CopiedFile>();
    for (List<FileLink> some : pieces(links)) {
      copies.addAll(policy.run(FileCalls.copy(some, target, password)));
    }
    return copies;
  }

  /** Changes description, password or rules of files. That they are so already is no failure. */
  public void change(List<FileLink> links, FileChange change) throws IOException {
    for (List<FileLink> some : pieces(links)) {
      try {
        policy.run(FileCalls.change(some, change));
      } catch (RefusedException e) {
        if (!(e.refusal() instanceof Refusal.Unchanged)) {
          throw e;
        }
      }
    }
  }

  private static List<List<FileLink>> pieces(List<FileLink> links) {
    var pieces = new ArrayList<List<FileLink>>();
    for (int from = 0; from < links.size(); from += LINKS_PER_CALL) {
      pieces.add(links.subList(from, Math.min(links.size(), from + LINKS_PER_CALL)));
    }
    return pieces;
  }
}
