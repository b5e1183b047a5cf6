package io.consigne.client.cache;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What processes that were killed leave beside a cache, and what a program of an earlier version
 * left of it: removed when nobody has written there for a day, by whoever opens the cache.
 */
final class Leftovers {
  /** Whoever has loaded what a driver unpacked does without the file by then. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** What drivers have unpacked, and copies that did not get their names. */
  private static final List<String> NAMES = List.of("sqlite-*-*sqlitejdbc*", "copy[0-9]*");

  private Leftovers() {}

  static void remove(CachePlace place, Instant now) {
    Instant old = now.minus(KEPT);
    for (String names : NAMES) {
      removeUnnamed(Objects.requireNonNull(place.file().getParent()), names, old);
    }
    for (Path left : place.earlier()) {
      if (Files.exists(place.file()) && isOld(left, old)) {
        CacheMigration.remove(left);
      }
    }
  }

  private static void removeUnnamed(Path directory, String names, Instant old) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, names)) {
      for (Path each : all) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It only takes room.
    }
  }

  /** By the last of all its files that was written. */
  private static boolean isOld(Path left, Instant old) {
    boolean isThere = false;
    for (String suffix : CacheFile.SUFFIXES) {
      try {
        if (!Files.getLastModifiedTime(CachePlace.beside(left, suffix)).toInstant().isBefore(old)) {
          return false;
        }
        isThere |= suffix.isEmpty();
      } catch (NoSuchFileException e) {
        // Not all are there.
      } catch (IOException e) {
        return false;
      }
    }
    return isThere;
  }
}
