package io.consigne.client;

import io.consigne.client.model.Capabilities;
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
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/**
 * The files of an account. What takes a list makes few calls of it.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=files}
 */
public final class RemoteFiles {
  /** The most links of one call: what takes more makes several. */
  public static final int LINKS_PER_CALL = 500;

  private final Policy policy;
  private final Offer offer;
  private final LostAnswers lost;

  RemoteFiles(Policy policy, Offer offer) {
    this.policy = policy;
    this.offer = offer;
    this.lost = new LostAnswers(policy);
  }

  /**
   * {@return the files directly inside a folder that came in a span of time, or all} 1fichier.com
   * wants to be asked for a folder once in 30 seconds and lists at most 5,000 files. By {@code
   * file/ls.cgi}.
   *
   * @param folder whose files
   * @param after the first second of the span; null for all from the beginning
   * @param before its last second; null for all to the end
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public List<RemoteFile> list(FolderId folder, @Nullable Instant after, @Nullable Instant before)
      throws IOException {
    return policy.run(FileCalls.list(folder, after, before));
  }

  /**
   * {@return all files of the account} 1fichier.com wants to be asked once an hour, and tells no
   * paths. By {@code file/ls.cgi}.
   *
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public List<RemoteFile> listAll() throws IOException {
    return policy.run(FileCalls.listAll());
  }

  /**
   * {@return the files that a Consigne host will remove since nobody downloads them; else none} By
   * {@code file/ls.cgi}.
   *
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public List<Removal> removals() throws IOException {
    return policy.run(FileCalls.removals());
  }

  /**
   * {@return all that is said of a file, which may be somebody else's} By {@code file/info.cgi}.
   *
   * @param link of the file
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public FileDetails info(FileLink link) throws IOException {
    return info(link, null);
  }

  /**
   * {@return all that is said of somebody else's file} By {@code file/info.cgi}.
   *
   * @param link of the file
   * @param password of its link, or null
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says; {@link
   *     Refusal.PasswordNeeded} if the password is not right
   */
  public FileDetails info(FileLink link, @Nullable String password) throws IOException {
    return policy.run(FileCalls.info(link, password));
  }

  /**
   * Removes files for ever. Those that are not there are skipped. By {@code file/rm.cgi}.
   *
   * @param links of any number of files
   * @throws RefusedException as {@link Refusal.NotFound} if none is there
   */
  public void remove(List<FileLink> links) throws IOException {
    int missing = 0;
    List<List<FileLink>> pieces = pieces(links);
    for (List<FileLink> some : pieces) {
      try {
        policy.run(FileCalls.remove(some));
      } catch (RefusedException e) {
        missing++;
        if (!(e.refusal() instanceof Refusal.NotFound) || missing == pieces.size()) {
          throw e;
        }
      }
    }
  }

  /**
   * Moves files into a folder. Their links stay. By {@code file/mv.cgi}.
   *
   * @param links of any number of files
   * @param target folder
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says; {@link
   *     Refusal.Unknown} if it says that it has moved fewer than it was asked for
   */
  public void move(List<FileLink> links, FolderId target) throws IOException {
    for (List<FileLink> some : pieces(links)) {
      LostAnswers.requireWhole("moved", lost.moved(some, target));
    }
  }

  /**
   * Gives files other names. By {@code file/rename.cgi}.
   *
   * @param names the new one of each file, without a folder
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says; {@link
   *     Refusal.Unknown} if it says that it has renamed fewer than it was asked for
   */
  public void rename(Map<FileLink, String> names) throws IOException {
    for (List<FileLink> some : pieces(List.copyOf(names.keySet()))) {
      var piece = new LinkedHashMap<FileLink, String>();
      some.forEach(link -> piece.put(link, String.valueOf(names.get(link))));
      LostAnswers.requireWhole("renamed", lost.renamed(piece));
    }
  }

  /**
   * Copies files, also somebody else's, into a folder, without moving their bytes.
   *
   * @param links of any number of files
   * @param target folder
   * @param password of somebody else's files, or null
   * @return each file with the link of its copy; a file that the host skips is missing
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

  /**
   * Changes description, password or rules of files. That they are so already is no failure. By
   * {@code file/chattr.cgi}.
   *
   * @param links of any number of files of the account
   * @param change what becomes of each of them
   * @return those that the host says it has changed; which others are so already, and which it
   *     skips, it does not tell of several
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says; {@link
   *     Refusal.NotOffered}, before anything is changed, if the links are to end and the host knows
   *     no end of links
   */
  public List<FileLink> change(List<FileLink> links, FileChange change) throws IOException {
    if (change.ends()) {
      offer.require(Capabilities::linkExpiry, "Links do not end by themselves at this host");
    }
    var changed = new ArrayList<FileLink>();
    for (List<FileLink> some : pieces(links)) {
      try {
        changed.addAll(lost.changed(some, change));
      } catch (RefusedException e) {
        if (!(e.refusal() instanceof Refusal.Unchanged)) {
          throw e;
        }
      }
    }
    return changed;
  }

  private static List<List<FileLink>> pieces(List<FileLink> links) {
    return links.stream().gather(Gatherers.windowFixed(LINKS_PER_CALL)).toList();
  }
}
