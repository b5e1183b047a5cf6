package io.consigne.client.cache;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.FileLink;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The listings of an account, kept on disk. The host is asked when what is known is older than the
 * caller accepts. Of a Consigne host one call tells all files with their paths; of 1fichier.com
 * each folder is asked for by itself, which its limits allow once in 30 seconds. Paths go from the
 * root and have no slashes at their ends; the root is the empty one.
 *
 * {@snippet file="io/consigne/client/sync/CacheExamplesTest.java" region=listings}
 */
public final class Listings implements AutoCloseable {
  private final String name;
  private final CacheFile file;
  private final Known known;
  private final FreshListings fresh;
  private final Trees trees;
  private final CachedFiles files;
  private final CachedFolders folders;

  /**
   * Opens the cache of an account; nothing is asked yet. A key that has none yet begins with what
   * another remembers of files, if it is known that both open all of one account.
   *
   * @param client asks the host
   * @param config of that client
   * @param directory of caches, which is made when it is needed; the command line has {@code
   *     $XDG_CACHE_HOME/consigne}, which is {@code ~/.cache/consigne} without that variable
   */
  public Listings(Client client, ClientConfig config, Path directory) {
    Timing timing = config.waiting().timing();
    List<String> others =
        client.keysOfSameAccount().stream().map(key -> CachePlace.name(config, key)).toList();
    String own = CachePlace.name(config, config.key().fingerprint());
    this.name =
        Stream.concat(Stream.of(own), others.stream()).min(Comparator.naturalOrder()).orElseThrow();
    this.file =
        new CacheFile(
            CachePlace.of(directory, own, others), () -> client.capabilities().consigne());
    this.known = new Known(file);
    this.fresh = new FreshListings(client, timing, known, new Changes(file));
    this.trees = new Trees(fresh, known);
    var edits = new Edits(file, fresh);
    this.files = new CachedFiles(client, timing, file, fresh, edits);
    this.folders = new CachedFolders(client, timing, file, fresh, edits);
  }

  /**
   * The name by which the account is known on this machine, whichever of its keys is used.
   *
   * @return letters, digits, dots, hyphens and underscores, as names of files may have
   */
  public String name() {
    return name;
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
    return fresh.list(folder, age);
  }

  /**
   * As much of what is directly inside a folder as one call tells: of a long folder at 1fichier.com
   * all folders and 5,000 of its files. {@link #list} asks for the rest, which takes minutes.
   *
   * @param folder that is listed
   * @param age of the listing that is believed
   * @return its folders, and files
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public Contents glance(CachedFolder folder, Duration age) throws IOException {
    return fresh.glance(folder, age);
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
    return fresh.folder(path, age);
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
   * The files of the account.
   *
   * @return what changes them and keeps these listings true
   */
  public CachedFiles files() {
    return files;
  }

  /**
   * The folders of the account.
   *
   * @return what changes them and keeps these listings true
   */
  public CachedFolders folders() {
    return folders;
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

  /**
   * Folders that {@link #copies} skips, since other accounts share them.
   *
   * @param path of a folder
   * @param age of listings that are believed
   * @return their paths, in order; the folder itself if it is another's
   * @throws NoSuchFileException if there is no such folder
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public List<String> foreign(String path, Duration age) throws IOException {
    return trees.foreignBelow(path, age);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
