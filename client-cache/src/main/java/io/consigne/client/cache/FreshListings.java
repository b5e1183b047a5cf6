package io.consigne.client.cache;

import io.consigne.client.Client;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.Capabilities;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the host for listings where what is known of them is older than the caller accepts. */
final class FreshListings {
  /** How long 1fichier.com may take to list what it has stored. */
  static final Duration LATE = TransferLimits.LISTED_LATE;

  private final Client client;
  private final Timing timing;
  private final Known known;
  private final Changes changes;

  /**
   * When folders were asked for by this one, and no change of them by this one has failed since.
   */
  private final Map<FolderId, Asked> asked = new ConcurrentHashMap<>();

  /** Paths of folders in which the listing of all files has told some. */
  private volatile Set<String> own = Set.of();

  /** From when to when a folder was asked for. */
  private record Asked(Instant start, Instant end) {}

  FreshListings(Client client, Timing timing, Known known, Changes changes) {
    this.client = client;
    this.timing = timing;
    this.known = known;
    this.changes = changes;
  }

  /** What is directly inside a folder. */
  Contents list(CachedFolder folder, Duration age) throws IOException {
    return list(folder, age, true);
  }

  /** As much of it as one call tells: all folders, and more files there may be. */
  Contents glance(CachedFolder folder, Duration age) throws IOException {
    return list(folder, age, false);
  }

  private Contents list(CachedFolder folder, Duration age, boolean all) throws IOException {
    Instant now = timing.now();
    Optional<Contents> contents = known.contents(folder, now.minus(age), now, all);
    return contents.isPresent() ? contents.get() : ask(folder, all);
  }

  private Contents ask(CachedFolder folder, boolean all) throws IOException {
    return lookAnew(folder, all).contents();
  }

  private Look lookAnew(CachedFolder folder, boolean all) throws IOException {
    Set<Long> ended = changes.ended(folder.id().value());
    Instant start = timing.now();
    FolderListing told = client.folders().list(folder.id());
    if (all && !told.isWhole()) {
      told = client.folders().complete(told);
    }
    // It may have waited for the host's limits, more than once: what was told first is that old.
    Instant end = timing.now();
    Instant settled = isSure() ? start : start.minus(LATE);
    Contents contents =
        known.keep(folder, told, new Known.Telling(settled, start, end, ended), all);
    asked.put(folder.id(), new Asked(start, end));
    return new Look(contents, start, end);
  }

  /**
   * What a folder has now, and when that was told. A host that may be asked at any time is asked,
   * and not for the cache: to keep a long folder takes longer than to ask for it.
   *
   * @param age of the listing that is believed elsewhere
   * @param all whether more is asked for than one call tells
   */
  Look look(CachedFolder folder, Duration age, boolean all) throws IOException {
    Instant now = timing.now();
    if (isSure()) {
      FolderListing told = client.folders().list(folder.id());
      FolderListing listing = all ? client.folders().complete(told) : told;
      List<CachedFolder> folders =
          listing.folders().stream()
              .map(sub -> new CachedFolder(folder.child(sub.name()), sub))
              .toList();
      return new Look(
          new Contents(folder, folders, listing.files(), listing.isWhole()), now, timing.now());
    }
    Optional<Look> known = this.known.look(folder, now.minus(age), now, all);
    return known.isPresent() ? known.get() : lookAnew(folder, all);
  }

  /** What is directly inside a folder, asked for now, whatever is known. */
  Contents listAnew(CachedFolder folder) throws IOException {
    return ask(folder, true);
  }

  /** The same, where changes of others may be missed that are younger than {@code age}. */
  Contents listOnce(CachedFolder folder, Duration age) throws IOException {
    Instant now = timing.now();
    Asked own = asked.get(folder.id());
    if (own != null && !own.end().isBefore(now.minus(age))) {
      Optional<Contents> contents = known.contents(folder, own.start(), now);
      if (contents.isPresent()) {
        return contents.get();
      }
    }
    return glance(folder, age);
  }

  /** A change of a folder has failed: what was asked before that counts for nothing. */
  void doubt(FolderId folder) {
    asked.remove(folder);
  }

  /** A folder by its path, to which the way is asked for. */
  CachedFolder folder(String path, Duration age) throws IOException {
    var folder = CachedFolder.ROOT;
    for (int end = 0; !path.isEmpty() && end >= 0; ) {
      end = path.indexOf('/', end + 1);
      String next = end < 0 ? path : path.substring(0, end);
      folder =
          glance(folder, age).folder(next).orElseThrow(() -> new NoSuchFileException("/" + next));
    }
    return folder;
  }

  /** Whether one call tells all files with their paths. */
  boolean tellsAll() throws IOException {
    Capabilities offered = client.capabilities();
    return offered.fullListing() && offered.features().contains("listing-paths");
  }

  /** Makes that call. */
  void listAll(Duration age) throws IOException {
    Instant now = timing.now();
    if (!known.isListed(Known.ALL, now.minus(age), now, true)) {
      Set<Long> ended = changes.ended(Known.ALL);
      Instant start = timing.now();
      List<RemoteFile> told = client.files().listAll();
      known.keepAll(told, new Known.Telling(start, start, timing.now(), ended));
      own =
          told.stream()
              .map(RemoteFile::place)
              .flatMap(place -> place == null ? Stream.empty() : Stream.ofNullable(place.path()))
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  /**
   * Whether that call, made by this, has told files at a path or below it: it tells no files but
   * the account's own.
   */
  boolean hasToldOwn(String path) {
    return own.stream().anyMatch(folder -> (folder + "/").startsWith(path + "/"));
  }

  /** Whether what was stored is listed at once. */
  boolean isSure() throws IOException {
    return client.capabilities().consigne();
  }
}
