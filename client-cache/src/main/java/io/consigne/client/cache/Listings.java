package io.consigne.client.cache;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Locks;
import io.consigne.client.model.RemoteFile.Place;
import io.consigne.client.model.RemoteFile.Times;
import io.consigne.client.transfer.UploadResult.Stored;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The listings of an account, kept on disk. The host is asked when what is known is older than the
 * caller bears. Of a Consigne host one call tells all files with their paths; of 1fichier.com each
 * folder is asked for by itself, which its limits allow once in 30 seconds. Paths go from the root
 * and have no slashes at their ends; the root is the empty one.
 */
public final class Listings implements AutoCloseable {
  private final Client client;
  private final Timing timing;
  private final CacheFile file;
  private final Known known;
  private final Changes changes;
  private final Asking asking;
  private final Trees trees;

  /**
   * Opens the cache of an account; nothing is asked yet.
   *
   * @param client asks the host
   * @param config of that client
   * @param directory of caches, which is made when it is needed; the command line has {@code
   *     $XDG_CACHE_HOME/consigne}, which is {@code ~/.cache/consigne} without that variable
   */
  public Listings(Client client, ClientConfig config, Path directory) {
    this.client = client;
    this.timing = config.waiting().timing();
    String host = config.url().getAuthority().toLowerCase(Locale.ROOT);
    String name = host.replaceAll("[^a-z0-9.]", "_") + "-" + config.key().fingerprint() + ".db";
    this.file = new CacheFile(directory.resolve(name));
    this.known = new Known(file);
    this.changes = new Changes(file);
    this.asking = new Asking(client, timing, known, changes);
    this.trees = new Trees(asking, known);
  }

  /**
   * What is directly inside a folder.
   *
   * @param folder that is listed
   * @param age of the listing that is believed; the host is asked if it told it longer ago
   * @return its folders and files
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public Contents list(CachedFolder folder, Duration age) throws IOException {
    return asking.list(folder, age);
  }

  /**
   * All files below a path.
   *
   * @param path of a folder
   * @param age of listings that are believed; the host is asked if it told them longer ago
   * @return all that is below it, by paths relative to it
   * @throws NoSuchFileException if there is no such folder
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public RemoteTree tree(String path, Duration age) throws IOException {
    return trees.tree(path, age);
  }

  /**
   * A folder by its path. The way to it is asked for.
   *
   * @param path of the folder
   * @param age of what is believed of the way
   * @return the folder
   * @throws NoSuchFileException if there is none; it names the first that is missing on the way
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public CachedFolder folder(String path, Duration age) throws IOException {
    return asking.folder(path, age);
  }

  /**
   * What the stored files were on this machine.
   *
   * @return those of which it is known, by their links
   * @throws IOException if the cache cannot be used
   */
  public Map<FileLink, Remembered> remembered() throws IOException {
    return known.remembered();
  }

  /**
   * Remembers that local files are the same as stored ones.
   *
   * @param files the local ones, by the links of the stored ones; they take the place of what was
   *     remembered of these links
   * @throws IOException if the cache cannot be used
   */
  public void remember(Map<FileLink, Remembered> files) throws IOException {
    known.remember(files);
  }

  /**
   * The folder of a path, which is made if it is not there, with all on the way to it. While others
   * change one on the way, that is asked for once, not for each folder that is made in it.
   *
   * @param path of the folder
   * @param age of what is believed of the way
   * @return the folder; one that is known is not asked for again
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public CachedFolder make(String path, Duration age) throws IOException {
    Optional<CachedFolder> seen = known.folder(path);
    if (seen.isPresent()) {
      return seen.get();
    }
    if (path.isEmpty()) {
      return new CachedFolder(FolderId.ROOT, "", true);
    }
    int slash = path.lastIndexOf('/');
    CachedFolder parent = make(slash < 0 ? "" : path.substring(0, slash), age);
    Optional<CachedFolder> there =
        asking.listOnce(parent, age).folders().stream()
            .filter(sub -> sub.path().equals(path))
            .findFirst();
    if (there.isPresent()) {
      return there.get();
    }
    return change(
        parent.id(),
        () -> {
          FolderId id = client.folders().make(parent.id(), path.substring(slash + 1));
          var made = new CachedFolder(id, path, true);
          known.made(made);
          return made;
        });
  }

  /**
   * Something that changes a folder at the host.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  public interface Change<T> {
    /**
     * Changes it.
     *
     * @return what comes of it
     * @throws IOException if it failed, wholly or in part
     */
    T run() throws IOException;
  }

  /**
   * Changes a folder. Until that is done the folder is asked for anew before anything is said of
   * it, by all processes; so it is once more if this process dies within, or the change fails.
   *
   * @param <T> what comes of it
   * @param folder that is changed
   * @param change at the host
   * @return what comes of it
   * @throws IOException that of the change, or if the cache cannot be used
   */
  public <T> T change(FolderId folder, Change<T> change) throws IOException {
    long begun = changes.begin(folder);
    T result;
    try {
      result = change.run();
    } catch (IOException | RuntimeException | Error e) {
      failed(begun, folder, e);
      throw e;
    }
    changes.done(begun);
    return result;
  }

  private void failed(long change, FolderId folder, Throwable why) {
    asking.doubt(folder);
    try {
      changes.failed(change, folder);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /**
   * Files were stored; to be told within {@link #change}.
   *
   * @param folder into which they went
   * @param files as the host answered; of one whose source has a modification time it is
   *     remembered, too, what it was on this machine
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void stored(FolderId folder, List<Stored> files) throws IOException {
    Instant now = timing.now();
    boolean keepsTimes = client.capabilities().uploadTimes();
    List<RemoteFile> items =
        files.stream().map(file -> item(folder, file, now, keepsTimes)).toList();
    known.stored(folder, items, now);
    var sent = new HashMap<FileLink, Remembered>();
    for (Stored file : files) {
      Instant modified = file.source().modified();
      if (modified != null) {
        var local = new Remembered(file.source().sizeBytes(), modified, file.checksums().sha256());
        sent.put(file.link(), local);
      }
    }
    known.remember(sent);
  }

  private static RemoteFile item(FolderId folder, Stored file, Instant now, boolean keepsTimes) {
    return new RemoteFile(
        file.link(),
        file.name(),
        file.source().sizeBytes(),
        new Times(now, keepsTimes ? file.source().modified() : null),
        file.checksums(),
        "application/octet-stream",
        new Locks(false, false),
        new Place(folder, null));
  }

  /**
   * Removes files here and at the host. Those that are not there are passed over.
   *
   * @param links of the files
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void remove(List<FileLink> links) throws IOException {
    try {
      client.files().remove(links);
    } catch (RefusedException e) {
      if (!(e.refusal() instanceof Refusal.NotFound)) {
        changes.doubtful(links);
        throw e;
      }
    } catch (IOException e) {
      changes.doubtful(links);
      throw e;
    }
    known.removed(links, timing.now());
  }

  /**
   * What is there more than once below a path, the largest first; empty files do not count, nor do
   * parts of a file, which are in a folder {@code NAME.split}. Only files that are alike in
   * checksum are told as such; those without one that share size and name are told apart.
   *
   * @param path of a folder
   * @param age of listings that are believed
   * @return files that are alike, each group once
   * @throws NoSuchFileException if there is no such folder
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public List<Copies> copies(String path, Duration age) throws IOException {
    return trees.copies(path, age);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
