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
import io.consigne.client.transfer.Uploads;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
  private final CacheFile file;
  private final FreshListings fresh;
  private final OwnChanges own;
  private final Edits edits;
  private final Removal removal;

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

  /** Sends files. */
  @FunctionalInterface
  public interface Upload {
    /**
     * Sends them.
     *
     * @param uploads that send them; those of the client itself do not keep what is open
     * @return what became of each
     * @throws IOException if it failed, wholly or in part
     */
    List<UploadResult> by(Uploads uploads) throws IOException;
  }

  CachedFiles(Client client, Timing timing, CacheFile file, FreshListings fresh, Edits edits) {
    this.client = client;
    this.timing = timing;
    this.file = file;
    this.fresh = fresh;
    this.own = new OwnChanges(file);
    this.edits = edits;
    this.removal = new Removal(new Whereabouts(client, timing, fresh), timing, this::remove);
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
   * Stores files in a folder. If this process dies meanwhile, {@link #settle} finds out which of
   * them were stored.
   *
   * @param folder into which they go
   * @param upload of them; for those that were stored it is remembered, too, what they were on this
   *     machine, if their sources have modification times
   * @return what became of each
   * @throws IOException that of the upload, or if the cache cannot be used
   */
  public List<UploadResult> store(FolderId folder, Upload upload) throws IOException {
    if (!edits.isKept()) {
      return upload.by(client.uploads());
    }
    try (StoreJournal journal = journal()) {
      return edits.change(
          Set.of(folder),
          () -> upload.by(client.uploads().in(journal)),
          results -> journal.stored(folder, results));
    }
  }

  private StoreJournal journal() throws IOException {
    boolean keepsTimes = client.capabilities().uploadTimes();
    return new StoreJournal(file, fresh, timing, keepsTimes);
  }

  /**
   * Finds out what became of uploads that were on their way when their process died, or gave up.
   * What the host has stored of them is known afterwards, also if it lists it late: to be asked
   * before it is decided what is to be sent. If there are none this asks nothing; else it may take
   * a few minutes.
   *
   * @param path of the folder into which they went; those below it are settled, too
   * @param age of listings that are believed
   * @return the paths of files of which nobody can tell whether they are there: the host neither
   *     lists them nor has a report
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public List<String> settle(String path, Duration age) throws IOException {
    if (!file.isThere()) {
      return List.of();
    }
    var uploads = new OpenUploads(file);
    List<OpenUploads.Left> left = left(uploads, path);
    if (left.isEmpty()) {
      return List.of();
    }
    try (StoreJournal journal = journal()) {
      return new Settling(client, timing, uploads, fresh, journal).settle(left, age);
    }
  }

  /** A host that lists at once needs no journal. */
  private List<OpenUploads.Left> left(OpenUploads uploads, String path) throws IOException {
    try {
      return uploads.left(path, timing.now());
    } catch (IOException e) {
      if (fresh.isSure()) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Removes files. Those that are not there are skipped.
   *
   * @param links of the files
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void remove(List<FileLink> links) throws IOException {
    edits.change(Set.of(), links, () -> removeAll(links), _ -> own.removed(links, timing.now()));
  }

  /**
   * Removes files that are still where they were when that was decided: by links alone what
   * somebody has moved or renamed since would be removed, too. Directly before it is asked where
   * they are. An answer counts for a second at a Consigne host, for 30 at 1fichier.com, for no more
   * often it may be asked for a folder; and for as long again as the question took.
   *
   * @param files of one folder or several
   * @param told how some were found, as soon as those of them that are there are removed; a file
   *     that is sought in several folders is told once for each
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used; what
   *     was told is done
   */
  public void remove(Collection<Sought> files, Consumer<Map<FileLink, Found>> told)
      throws IOException {
    removal.of(files, told);
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
   * Gives a file that the host has stored under another name the one that it was sent with.
   *
   * @param stored that has another name
   * @return whether it has the name now, as the host tells of it afterwards
   * @throws IOException if the host does not tell, cannot be reached or is busy, or the cache
   *     cannot be used: nobody knows then what the file is called
   */
  public boolean rename(UploadResult.Stored stored) throws IOException {
    String wanted = stored.source().name();
    try {
      rename(Map.of(stored.link(), wanted));
    } catch (RefusedException e) {
      if (e.refusal().isTransient()) {
        throw e;
      }
      // What it is called then tells the host, too.
    }
    return client.files().info(stored.link()).file().name().equals(wanted);
  }

  /**
   * Changes description, password or rules of files.
   *
   * @param links of files of the account
   * @param change what becomes of each of them
   * @return those that the host says it has changed; which others are so already, and which it
   *     skips, it does not tell of several
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public List<FileLink> change(List<FileLink> links, FileChange change) throws IOException {
    return edits.change(
        Set.of(),
        links,
        () -> client.files().change(links, change),
        _ -> own.locked(links, change, timing.now()));
  }

  /**
   * Copies files, also somebody else's, into a folder, without moving their bytes.
   *
   * @param links of the files
   * @param target folder
   * @param password of somebody else's files, or null
   * @return each file with the link of its copy; a file that the host skips is missing
   * @throws IOException also if the answer is lost: it is not asked again, since that could make
   *     second copies
   */
  public List<CopiedFile> copy(List<FileLink> links, FolderId target, @Nullable String password)
      throws IOException {
    return edits.change(
        Set.of(target),
        () -> client.files().copy(links, target, password),
        copies -> own.copied(copies, target, timing.now()) && copies.size() >= links.size());
  }
}
