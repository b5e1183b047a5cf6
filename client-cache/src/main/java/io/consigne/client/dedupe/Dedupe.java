package io.consigne.client.dedupe;

import io.consigne.client.Client;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes copies. Which ones, is decided before; the one that stays is looked for right before the
 * others are removed. No call asks and removes in one: what somebody else removes at that moment,
 * or another run that keeps another copy, is not seen.
 *
 * {@snippet file="io/consigne/client/sync/CacheExamplesTest.java" region=dedupe}
 */
public final class Dedupe {
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
    listings
        .files()
        .remove(
            group.removed().stream().map(RemoteFile::link).flatMap(Stream::ofNullable).toList());
    return true;
  }

  private boolean isThere(FileLink link, RemoteFile known) throws IOException {
    try {
      RemoteFile now = client.files().info(link).file();
      return now.sizeBytes() == known.sizeBytes() && agree(now.checksums(), known.checksums());
    } catch (RefusedException e) {
      if (e.refusal() instanceof Refusal.NotFound) {
        return false;
      }
      throw e;
    }
  }

  /** What only one side says, says nothing. */
  private static boolean agree(Checksums now, Checksums known) {
    return agree(now.sha256(), known.sha256()) && agree(now.whirlpool(), known.whirlpool());
  }

  private static boolean agree(@Nullable String one, @Nullable String other) {
    return one == null || other == null || Objects.equals(one, other);
  }
}
