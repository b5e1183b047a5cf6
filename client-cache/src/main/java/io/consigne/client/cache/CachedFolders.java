package io.consigne.client.cache;

import io.consigne.client.Client;
import io.consigne.client.budget.Timing;
import io.consigne.client.cache.CachedFiles.Change;
import io.consigne.client.model.Folder;
import io.consigne.client.model.Folder.Guest;
import io.consigne.client.model.Folder.Sharing;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of an account's folders, after which its cached {@link Listings} are as true as before,
 * as after those of {@link CachedFiles}.
 */
public final class CachedFolders {
  private final Client client;
  private final Timing timing;
  private final Known known;
  private final OwnChanges own;
  private final FreshListings fresh;
  private final Edits edits;

  CachedFolders(Client client, Timing timing, CacheFile file, FreshListings fresh, Edits edits) {
    this.client = client;
    this.timing = timing;
    this.known = new Known(file);
    this.own = new OwnChanges(file);
    this.fresh = fresh;
    this.edits = edits;
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
      return CachedFolder.ROOT;
    }
    int slash = path.lastIndexOf('/');
    CachedFolder parent = make(slash < 0 ? "" : path.substring(0, slash), age);
    Optional<CachedFolder> there = fresh.listOnce(parent, age).folder(path);
    return there.isPresent() ? there.get() : make(parent, path.substring(slash + 1));
  }

  /**
   * Makes a folder.
   *
   * @param parent in which it is to be
   * @param name within that
   * @return the folder
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public CachedFolder make(CachedFolder parent, String name) throws IOException {
    return edits.change(
        Set.of(parent.id()),
        () -> CachedFolder.of(client.folders().make(parent.id(), name), parent.child(name)),
        made -> own.made(made, parent.id(), timing.now()));
  }

  /**
   * Removes an empty folder.
   *
   * @param folder to be removed
   * @throws IOException if it is not empty, the host refuses or cannot be reached, or the cache
   *     cannot be used
   */
  public void remove(CachedFolder folder) throws IOException {
    edits.change(
        around(folder),
        () -> {
          client.folders().remove(folder.id());
          return folder;
        },
        own::removed);
  }

  /**
   * Moves a folder into another, with all that is in it.
   *
   * @param folder to be moved
   * @param target its new parent
   * @return the folder, as it is now
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public CachedFolder move(CachedFolder folder, CachedFolder target) throws IOException {
    CachedFolder now = at(folder, target.child(folder.folder().name()));
    Set<FolderId> changed = around(folder);
    changed.add(target.id());
    return edits.change(
        changed,
        () -> {
          client.folders().move(folder.id(), target.id());
          return now;
        },
        _ -> own.moved(folder, now, target.id()));
  }

  /**
   * Gives a folder another name.
   *
   * @param folder to be called otherwise
   * @param name the new one
   * @return the folder, as it is now
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public CachedFolder rename(CachedFolder folder, String name) throws IOException {
    int slash = folder.path().lastIndexOf('/');
    CachedFolder now = at(folder, folder.path().substring(0, slash + 1) + name);
    return edits.change(
        around(folder),
        () -> {
          client.folders().rename(folder.id(), name);
          return now;
        },
        _ -> own.moved(folder, now, null));
  }

  private static CachedFolder at(CachedFolder folder, String path) {
    Folder old = folder.folder();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new CachedFolder(path, new Folder(old.id(), name, old.created(), old.sharing()));
  }

  /** A folder and the one that lists it, if that is known. */
  private Set<FolderId> around(CachedFolder folder) throws IOException {
    var ids = new HashSet<>(Set.of(folder.id()));
    int slash = folder.path().lastIndexOf('/');
    String above = slash < 0 ? "" : folder.path().substring(0, slash);
    if (edits.isKept()) {
      known.folders(above).forEach(parent -> ids.add(parent.id()));
    }
    return ids;
  }

  /**
   * Publishes a folder, for everybody who has the address.
   *
   * @param folder to be published
   * @param password at least 6 characters, or null for none
   * @return the address
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public String publish(CachedFolder folder, @Nullable String password) throws IOException {
    return publish(folder, password, () -> client.folders().publish(folder.id(), password));
  }

  /**
   * Publishes a folder with all that lies below it, which some hosts offer.
   *
   * @param folder to be published
   * @param password at least 6 characters, or null for none
   * @return the address
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public String publishBelow(CachedFolder folder, @Nullable String password) throws IOException {
    return publish(folder, password, () -> client.folders().publishBelow(folder.id(), password));
  }

  private String publish(CachedFolder folder, @Nullable String password, Change<String> published)
      throws IOException {
    return edits.change(
        around(folder),
        published,
        url -> own.shared(with(folder, url, password != null, folder.folder().sharing().guests())));
  }

  /**
   * Opens a folder to these accounts and no others; none ends its sharing.
   *
   * @param folder to be opened
   * @param guests accounts, and what each may do
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void share(CachedFolder folder, List<Guest> guests) throws IOException {
    Sharing before = folder.folder().sharing();
    edits.change(
        around(folder),
        () -> {
          client.folders().share(folder.id(), guests);
          return with(folder, before.publicUrl(), before.password(), guests);
        },
        own::shared);
  }

  /**
   * Ends the public address of a folder, and all sharing with accounts.
   *
   * @param folder that was shared
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public void unshare(CachedFolder folder) throws IOException {
    edits.change(
        around(folder),
        () -> {
          client.folders().unpublish(folder.id());
          client.folders().share(folder.id(), List.of());
          return with(folder, null, false, List.of());
        },
        own::shared);
  }

  /**
   * Leaves a folder that another account shares.
   *
   * @param folder of that account
   * @throws IOException if the host refuses, does not offer it or cannot be reached, or the cache
   *     cannot be used
   */
  public void leave(CachedFolder folder) throws IOException {
    edits.change(
        around(folder),
        () -> {
          client.folders().leave(folder.id());
          return folder;
        },
        own::removed);
  }

  private static CachedFolder with(
      CachedFolder folder, @Nullable String url, boolean password, List<Guest> guests) {
    Folder old = folder.folder();
    var sharing = new Sharing(url, password, guests, old.sharing().owner());
    return new CachedFolder(
        folder.path(), new Folder(old.id(), old.name(), old.created(), sharing));
  }
}
