package io.consigne.client.cache;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What processes that were killed leave beside a cache, and what a program of an earlier version
 * left of it: removed when nobody has written there for a day, by whoever opens the cache.
 */
final class Leftovers {
  /** Whoever has loaded what a driver unpacked does without the file by then. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** What drivers have unpacked. */
  private static final Pattern UNPACKED = Pattern.compile("sqlite-.*-.*sqlitejdbc.*");

  private Leftovers() {}

  static void remove(CachePlace place, Instant now) {
    Instant old = now.minus(KEPT);
    removeUnnamed(Objects.requireNonNull(place.file().getParent()), old);
    for (Path left : place.earlier()) {
      if (Files.exists(place.file()) && isOld(left, old)) {
        CacheMigration.remove(left);
      }
    }
  }

  /** That, and copies that did not get their names; what else is there may be anybody's. */
  private static void removeUnnamed(Path directory, Instant old) {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(directory, each -> isOurs(String.valueOf(each.getFileName())))) {
      for (Path each : all) {
        if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)
            && Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It only takes room.
    }
  }

  private static boolean isOurs(String name) {
    return OwnFile.isBeside(name) || UNPACKED.matcher(name).matches();
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
