package io.consigne.client.sync;

import static java.util.Comparator.naturalOrder;

import io.consigne.client.Client;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Limit;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Where files lie that are about to be removed by their links: what somebody has moved or renamed
 * since it was compared is another file now. Safe for several threads.
 */
final class Whereabouts {
  /** From so many of a folder on they are looked for by its listing, not one by one. */
  private static final int LISTED_FROM = 4;

  /** So old a listing is directly before the removal. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Client client;
  private final Listings listings;
  private final Comparison.Sides sides;
  private final Map<String, Listed> listed = new ConcurrentHashMap<>();

  /** What a folder has, and when all of that was told. */
  private record Listed(Set<Map.Entry<FileLink, String>> files, long end) {}

  Whereabouts(Client client, Listings listings, Comparison.Sides sides) {
    this.client = client;
    this.listings = listings;
    this.sides = sides;
  }

  /** How a file is found now; what comes first, counts. */
  enum Found {
    /** Where it was. */
    THERE,
    /** Not where it was. */
    MOVED,
    /** Nowhere. */
    GONE
  }

  /**
   * How files are found now. A listing, which is younger than is believed, does not tell what is
   * gone from what has moved.
   *
   * @param files by the paths that they had, below the folder that was compared
   */
  Map<FileLink, Found> of(Map<String, List<RemoteFile>> files) throws IOException {
    var folders = new HashMap<String, Map<FileLink, String>>();
    files.forEach((path, some) -> {
      Map<FileLink, String> names =
          folders.computeIfAbsent(Plan.folder(path), _ -> new HashMap<>());
      links(some).forEach(link -> names.put(link, path.substring(path.lastIndexOf('/') + 1)));
    });
    var found = new HashMap<FileLink, Found>();
    for (Map.Entry<String, Map<FileLink, String>> folder : folders.entrySet()) {
      // One that was moved while folders were listed was told twice.
      of(sides.at(folder.getKey()), folder.getValue())
          .forEach((link, how) -> found.merge(link, how, BinaryOperator.minBy(naturalOrder())));
    }
    return found;
  }

  /** The links that a host shows. */
  static List<FileLink> links(List<RemoteFile> files) {
    return files.stream().map(RemoteFile::link).flatMap(Stream::ofNullable).toList();
  }

  private Map<FileLink, Found> of(String folder, Map<FileLink, String> names) throws IOException {
    var found = new HashMap<FileLink, Found>();
    if (names.size() < LISTED_FROM) {
      for (Map.Entry<FileLink, String> file : names.entrySet()) {
        asked(file.getKey(), folder, file.getValue())
            .ifPresent(how -> found.put(file.getKey(), how));
      }
    }
    if (found.size() < names.size()) {
      Set<Map.Entry<FileLink, String>> there = listed(folder);
      for (Map.Entry<FileLink, String> file : names.entrySet()) {
        found.putIfAbsent(file.getKey(), there.contains(file) ? Found.THERE : Found.MOVED);
      }
    }
    return found;
  }

  /** Empty where the host does not tell: in folders that other accounts share. */
  private Optional<Found> asked(FileLink link, String folder, String name) throws IOException {
    RemoteFile now;
    try {
      now = client.files().info(link).file();
    } catch (RefusedException e) {
      if (e.refusal().isTransient()) {
        throw e;
      }
      return e.refusal() instanceof Refusal.NotFound ? Optional.of(Found.GONE) : Optional.empty();
    }
    RemoteFile.Place lies = now.place();
    if (lies == null) {
      return Optional.empty();
    }
    boolean isThere = now.name().equals(name) && (folder.equals(lies.path()) || isAt(folder, lies));
    return Optional.of(isThere ? Found.THERE : Found.MOVED);
  }

  private boolean isAt(String folder, RemoteFile.Place lies) throws IOException {
    try {
      return listings.folder(folder, age()).id().equals(lies.folder());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** A long folder takes minutes to be listed: that is not done for each of many removals. */
  private Set<Map.Entry<FileLink, String>> listed(String path) throws IOException {
    Listed known = listed.get(path);
    if (known == null || System.nanoTime() - known.end() > longest().toNanos()) {
      known = new Listed(ask(path), System.nanoTime());
      listed.put(path, known);
    }
    return known.files();
  }

  private Duration longest() throws IOException {
    return age().compareTo(SHORT) < 0 ? SHORT : age();
  }

  /** What a run believes of listings may be old; what is removed is not. */
  private Duration age() throws IOException {
    Duration bearable = client.capabilities().consigne() ? Duration.ZERO : Limit.FOLDER.interval();
    return sides.age().compareTo(bearable) < 0 ? sides.age() : bearable;
  }

  private Set<Map.Entry<FileLink, String>> ask(String path) throws IOException {
    var files = new HashSet<Map.Entry<FileLink, String>>();
    try {
      CachedFolder folder = listings.folder(path, age());
      for (RemoteFile file : listings.list(folder, age()).files()) {
        if (file.link() != null) {
          files.add(Map.entry(file.link(), file.name()));
        }
      }
    } catch (NoSuchFileException e) {
      // Then nothing is in it.
    }
    return files;
  }
}
