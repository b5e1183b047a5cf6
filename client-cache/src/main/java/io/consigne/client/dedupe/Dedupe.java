package io.consigne.client.dedupe;

import io.consigne.client.Client;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removes copies. Which ones, is decided before; the one that stays is looked for right before the
 * others are removed. No call asks and removes in one: what somebody else removes at that moment,
 * or another run that keeps another copy, is not seen.
 *
 * {@snippet file="io/consigne/client/sync/CacheExamplesTest.java" region=dedupe}
 */
public final class Dedupe {
  /** The most copies that one call removes. */
  private static final int COPIES_AT_ONCE = 500;

  /** From so many on, files of one folder are looked for by its listing, not one by one. */
  private static final int LISTED_FROM = 4;

  private final Client client;
  private final Listings listings;

  /**
   * Works on an account.
   *
   * @param client of the account; it is asked whether a file is still there
   * @param listings of the same account
   */
  public Dedupe(Client client, Listings listings) {
    this.client = client;
    this.listings = listings;
  }

  /**
   * What is there more than once below a path, the largest first.
   *
   * @param path of a folder, without slashes at its ends; empty for the root
   * @param keep which of the files that are alike stays
   * @param age of listings that are believed
   * @return the groups; nothing is removed yet
   * @throws IOException if there is no such folder, the host refuses or cannot be reached, or the
   *     cache cannot be used
   */
  public List<Group> groups(String path, Keep keep, Duration age) throws IOException {
    return listings.copies(path, age).stream().map(copies -> Group.of(copies, keep)).toList();
  }

  /**
   * Removes what a group says, if what it keeps is still there at that moment.
   *
   * @param group as {@link #groups} told it
   * @return whether it was; else nothing is removed
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used
   */
  public boolean remove(Group group) throws IOException {
    FileLink kept = group.kept().link();
    if (kept == null || !isThere(kept, group.kept())) {
      return false;
    }
    listings.files().remove(copies(group).toList());
    return true;
  }

  /** Hears what becomes of groups. */
  @FunctionalInterface
  public interface Ends {
    /**
     * One has ended.
     *
     * @param group which
     * @param removed whether its copies are removed; else nothing of it is, since what it keeps is
     *     not there any more
     */
    void ended(Group group, boolean removed);
  }

  /**
   * Removes what groups say, by few calls: the copies of many groups go at once, right after it was
   * looked whether what these keep is still there. Many that lie in one folder are looked for by
   * its listing.
   *
   * @param groups as {@link #groups} told them
   * @param ends told of each group when it has ended, in any order
   * @throws IOException if the host refuses or cannot be reached, or the cache cannot be used; of
   *     groups that have not ended some copies may be removed, and what they keep is there
   */
  public void remove(List<Group> groups, Ends ends) throws IOException {
    var some = new ArrayList<Group>();
    int copies = 0;
    for (Group group : groups) {
      if (!some.isEmpty() && copies + group.removed().size() > COPIES_AT_ONCE) {
        removeSome(some, ends);
        some.clear();
        copies = 0;
      }
      some.add(group);
      copies += group.removed().size();
    }
    removeSome(some, ends);
  }

  private void removeSome(List<Group> groups, Ends ends) throws IOException {
    var byFolder = new LinkedHashMap<Optional<FolderId>, List<Group>>();
    for (Group group : groups) {
      Optional<FolderId> folder = Optional.ofNullable(group.kept().place()).map(Place::folder);
      byFolder.computeIfAbsent(folder, _ -> new ArrayList<>()).add(group);
    }
    var whole = new ArrayList<Group>();
    for (Map.Entry<Optional<FolderId>, List<Group>> each : byFolder.entrySet()) {
      boolean many = each.getKey().isPresent() && each.getValue().size() >= LISTED_FROM;
      Map<FileLink, RemoteFile> listed = many ? listed(each.getKey().get()) : Map.of();
      for (Group group : each.getValue()) {
        if (isKeptThere(group, listed)) {
          whole.add(group);
        } else {
          ends.ended(group, false);
        }
      }
    }
    List<FileLink> copies = whole.stream().flatMap(Dedupe::copies).toList();
    if (!copies.isEmpty()) {
      listings.files().remove(copies);
    }
    whole.forEach(group -> ends.ended(group, true));
  }

  private static Stream<FileLink> copies(Group group) {
    return group.removed().stream().map(RemoteFile::link).flatMap(Stream::ofNullable);
  }

  /** The files of a folder as the host tells them now; none if it is not there any more. */
  private Map<FileLink, RemoteFile> listed(FolderId folder) throws IOException {
    var listed = new HashMap<FileLink, RemoteFile>();
    try {
      for (RemoteFile file : client.folders().list(folder).files()) {
        if (file.link() != null) {
          listed.put(file.link(), file);
        }
      }
    } catch (RefusedException e) {
      if (!(e.refusal() instanceof Refusal.NotFound)) {
        throw e;
      }
    }
    return listed;
  }

  /** What a listing lacks may lie elsewhere by now, or be beyond its end. */
  private boolean isKeptThere(Group group, Map<FileLink, RemoteFile> listed) throws IOException {
    FileLink kept = group.kept().link();
    if (kept == null) {
      return false;
    }
    RemoteFile now = listed.get(kept);
    return now == null ? isThere(kept, group.kept()) : isSame(now, group.kept());
  }

  private static boolean isSame(RemoteFile now, RemoteFile known) {
    return now.sizeBytes() == known.sizeBytes() && now.checksums().agree(known.checksums());
  }

  private boolean isThere(FileLink link, RemoteFile known) throws IOException {
    try {
      return isSame(client.files().info(link).file(), known);
    } catch (RefusedException e) {
      if (e.refusal() instanceof Refusal.NotFound) {
        return false;
      }
      throw e;
    }
  }
}
