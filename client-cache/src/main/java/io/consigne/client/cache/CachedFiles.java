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
import java.util.HashSet;
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
  private final Changes changes;
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
    this.changes = new Changes(file);
    this.own = new OwnChanges(file);
    this.edits = edits;
  }

  /**
   * Changes a folder; the cache is to be told within what comes of it.
   *
   * @param <T> what comes of it
   * @param folder that is changed
   * @param change at the host
   * @return what comes of it
   * @throws IOException that of the change, or if the cache cannot be used
   */
  public <T> T change(FolderId folder, Change<T> change) throws IOException {
    return edits.change(Set.of(folder), change);
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
    return change(
        folder,
        () -> {
          List<UploadResult> results = upload.run();
          List<Stored> stored =
              results.stream()
                  .flatMap(result ->
                      result instanceof Stored one ? Stream.of(one) : Stream.<Stored>empty())
                  .toList();
          boolean keepsTimes = client.capabilities().uploadTimes();
          edits.note(() -> own.stored(folder, stored, timing.now(), keepsTimes));
          return results;
        });
  }

  /**
   * Changes a folder in a way that the cache is not told.
   *
   * @param folder that is changed
   * @param change at the host; it answers anything
   * @throws IOException that of the change, or if the cache cannot be used
   */
  public void changeUnseen(FolderId folder, Change<?> change) throws IOException {
    edits.change(
        Set.of(folder),
        () -> {
          change.run();
          edits.note(() -> edits.doubt(Set.of(folder)));
          return folder;
        });
  }

  /**
   * Removes files. Those that are not there are passed over.
   *
   * @param links of the files
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void remove(List<FileLink> links) throws IOException {
    try {
      client.files().remove(links);
    } catch (RefusedException e) {
      if (!(e.refusal() instanceof Refusal.NotFound)) {
        edits.note(() -> changes.doubtful(links));
        throw e;
      }
    } catch (IOException e) {
      edits.note(() -> changes.doubtful(links));
      throw e;
    }
    edits.note(() -> own.removed(links, timing.now()));
  }

  /**
   * Moves files into a folder. Their links stay.
   *
   * @param links of the files
   * @param target folder
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void move(List<FileLink> links, FolderId target) throws IOException {
    changeFiles(
        links,
        Set.of(target),
        () -> client.files().move(links, target),
        () -> own.moved(links, target, timing.now()));
  }

  /**
   * Gives files other names.
   *
   * @param names the new one of each file, without a folder
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void rename(Map<FileLink, String> names) throws IOException {
    changeFiles(
        List.copyOf(names.keySet()),
        Set.of(),
        () -> client.files().rename(names),
        () -> own.renamed(names, timing.now()));
  }

  /**
   * Changes description, password or rules of files.
   *
   * @param links of files of the account
   * @param change what becomes of each of them
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void change(List<FileLink> links, FileChange change) throws IOException {
    changeFiles(
        links,
        Set.of(),
        () -> client.files().change(links, change),
        () -> own.locked(links, change, timing.now()));
  }

  /** What becomes of files in the cache; false if some of them are not known there. */
  @FunctionalInterface
  private interface Outcome {
    boolean isWhole() throws IOException;
  }

  /** Changes files in their folders, and in those that they get to. */
  private void changeFiles(
      List<FileLink> links, Set<FolderId> targets, Edits.Note change, Outcome noted)
      throws IOException {
    var folders = new HashSet<>(targets);
    edits.note(() -> folders.addAll(own.foldersOf(links)));
    edits.change(
        folders,
        () -> {
          change.run();
          edits.note(() -> {
            if (!noted.isWhole()) {
              edits.doubt(folders);
            }
          });
          return folders;
        });
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
        () -> {
          List<CopiedFile> copies = client.files().copy(links, target, password);
          edits.note(() -> {
            if (!own.copied(copies, target, timing.now())) {
              edits.doubt(Set.of(target));
            }
          });
          return copies;
        });
  }
}
