package io.consigne.client.cache;

import io.consigne.client.Client;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.CopiedFile;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadResult.Stored;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes of an account's files, after which its cached {@link Listings} are as true as before:
 * nobody waits for the host's limits to see what was done from here. Until a change is done its
 * folders are asked for anew before anything is said of them, by all processes; so they are once
 * more if this process dies within, or the change fails.
 */
public final class CachedFiles {
  private final Client client;
  private final Timing timing;
  private final OwnChanges own;
  private final Edits edits;

  /**
   * Something that changes folders at the host.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Change<T> {
    /**
     * Changes them.
     *
     * @return what comes of it
     * @throws IOException if it failed, wholly or in part
     */
    T run() throws IOException;
  }

  CachedFiles(Client client, Timing timing, CacheFile file, Edits edits) {
    this.client = client;
    this.timing = timing;
    this.own = new OwnChanges(file);
    this.edits = edits;
  }

  /**
   * Changes a folder; what comes of it is told the cache within, by other calls of this.
   *
   * @param <T> what comes of it
   * @param folder that is changed
   * @param change at the host
   * @return what comes of it
   * @throws IOException that of the change, or if the cache cannot be used
   */
  public <T> T change(FolderId folder, Change<T> change) throws IOException {
    return edits.change(Set.of(folder), change, _ -> true);
  }

  /**
   * Stores files in a folder.
   *
   * @param folder into which they go
   * @param upload of them; for those that were stored it is remembered, too, what they were on this
   *     machine, if their sources have modification times
   * @return what became of each
   * @throws IOException that of the upload, or if the cache cannot be used
   */
  public List<UploadResult> store(FolderId folder, Change<List<UploadResult>> upload)
      throws IOException {
    boolean keepsTimes = client.capabilities().uploadTimes();
    return edits.change(
        Set.of(folder),
        upload,
        results -> own.stored(folder, stored(results), timing.now(), keepsTimes));
  }

  private static List<Stored> stored(List<UploadResult> results) {
    return results.stream()
        .flatMap(result -> result instanceof Stored one ? Stream.of(one) : Stream.<Stored>empty())
        .toList();
  }

  /**
   * Changes a folder in a way that the cache is not told.
   *
   * @param folder that is changed
   * @param change at the host; it answers anything
   * @throws IOException that of the change, or if the cache cannot be used
   */
  public void changeUnseen(FolderId folder, Change<?> change) throws IOException {
    edits.change(Set.of(folder), change::run, _ -> false);
  }

  /**
   * Removes files. Those that are not there are passed over.
   *
   * @param links of the files
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void remove(List<FileLink> links) throws IOException {
    edits.change(Set.of(), links, () -> removeAll(links), _ -> own.removed(links, timing.now()));
  }

  private List<FileLink> removeAll(List<FileLink> links) throws IOException {
    try {
      client.files().remove(links);
    } catch (RefusedException e) {
      if (!(e.refusal() instanceof Refusal.NotFound)) {
        throw e;
      }
    }
    return links;
  }

  /**
   * Moves files into a folder. Their links stay.
   *
   * @param links of the files
   * @param target folder
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void move(List<FileLink> links, FolderId target) throws IOException {
    edits.change(
        Set.of(target),
        links,
        () -> {
          client.files().move(links, target);
          return links;
        },
        _ -> own.moved(links, target, timing.now()));
  }

  /**
   * Gives files other names.
   *
   * @param names the new one of each file, without a folder
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void rename(Map<FileLink, String> names) throws IOException {
    edits.change(
        Set.of(),
        List.copyOf(names.keySet()),
        () -> {
          client.files().rename(names);
          return names;
        },
        _ -> own.renamed(names, timing.now()));
  }

  /**
   * Changes description, password or rules of files.
   *
   * @param links of files of the account
   * @param change what becomes of each of them
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void change(List<FileLink> links, FileChange change) throws IOException {
    edits.change(
        Set.of(),
        links,
        () -> {
          client.files().change(links, change);
          return links;
        },
        _ -> own.locked(links, change, timing.now()));
  }

  /**
   * Copies files, also somebody else's, into a folder, without moving their bytes.
   *
   * @param links of the files
   * @param target folder
   * @param password of somebody else's files, or null
   * @return each file with the link of its copy
   * @throws IOException also if the answer is lost: it is not asked again, since that could make
   *     second copies
   */
  public List<CopiedFile> copy(List<FileLink> links, FolderId target, @Nullable String password)
      throws IOException {
    return edits.change(
        Set.of(target),
        () -> client.files().copy(links, target, password),
        copies -> own.copied(copies, target, timing.now()));
  }
}
