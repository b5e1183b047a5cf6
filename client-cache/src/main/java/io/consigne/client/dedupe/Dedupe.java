package io.consigne.client.dedupe;

import io.consigne.client.Client;
import io.consigne.client.RemoteFiles;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
  /** From so many on, files of one folder are looked for by its listing, not one by one. */
  private static final int LISTED_FROM = 4;

  /** How long ago a kept file may have been seen when its copies are removed. */
  private static final Duration SEEN = Duration.ofSeconds(10);

  private final Client client;
  private final Listings listings;
  private final InstantSource clock;

  /**
   * Works on an account.
   *
   * @param client of the account; it is asked whether a file is still there
   * @param listings of the same account
   */
  public Dedupe(Client client, Listings listings) {
    this(client, listings, InstantSource.system());
  }

  Dedupe(Client client, Listings listings, InstantSource clock) {
    this.client = client;
    this.listings = listings;
    this.clock = clock;
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
   * Removes what groups say, by few calls: the copies of many groups go at once, within seconds
   * after it was looked whether what these keep is still there. Many that lie in one folder are
   * looked for by its listing.
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
      if (!some.isEmpty() && copies + group.removed().size() > RemoteFiles.LINKS_PER_CALL) {
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
    var seen = new Seen(ends);
    for (Map.Entry<Optional<FolderId>, List<Group>> each : byFolder.entrySet()) {
      boolean many = each.getKey().isPresent() && each.getValue().size() >= LISTED_FROM;
      Map<FileLink, RemoteFile> listed = many ? listed(each.getKey().get()) : Map.of();
      Instant told = clock.instant();
      for (Group group : each.getValue()) {
        seen.removeIfOld();
        if (isOld(told)) {
          listed = Map.of();
        }
        if (isKeptThere(group, listed)) {
          seen.add(group, listed.isEmpty() ? clock.instant() : told);
        } else {
          ends.ended(group, false);
        }
      }
    }
    seen.remove();
  }

  /** Groups of which it was seen that what they keep is there. */
  private final class Seen {
    private final Ends ends;
    private final List<Group> groups = new ArrayList<>();
    private Instant oldest = Instant.MAX;

    Seen(Ends ends) {
      this.ends = ends;
    }

    void add(Group group, Instant time) {
      groups.add(group);
      oldest = time.isBefore(oldest) ? time : oldest;
    }

    /** Another run, which keeps another copy, may remove what was seen. */
    void removeIfOld() throws IOException {
      if (!groups.isEmpty() && isOld(oldest)) {
        remove();
      }
    }

    void remove() throws IOException {
      List<FileLink> copies = groups.stream().flatMap(Dedupe::copies).toList();
      if (!copies.isEmpty()) {
        listings.files().remove(copies);
      }
      groups.forEach(group -> ends.ended(group, true));
      groups.clear();
      oldest = Instant.MAX;
    }
  }

  private boolean isOld(Instant seen) {
    return seen.isBefore(clock.instant().minus(SEEN));
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
