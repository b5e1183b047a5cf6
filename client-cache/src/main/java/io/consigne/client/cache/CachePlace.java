package io.consigne.client.cache;

import io.consigne.client.ClientConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the cache of a key lies, and what it begins with. A program has a file of its version, so
 * that one of another version goes on with its own. Who lives is told in one place for all of them.
 *
 * @param file of this version
 * @param holders beside it
 * @param earlier what programs of a version before may have left of the same key
 * @param others those of other keys of the account
 */
record CachePlace(Path file, Path holders, List<Path> earlier, List<Path> others) {
  CachePlace {
    file = file.toAbsolutePath();
    earlier = List.copyOf(earlier);
    others = List.copyOf(others);
  }

  /** One that begins with nothing. */
  static CachePlace of(Path file) {
    Path whole = file.toAbsolutePath();
    return new CachePlace(
        whole, whole.resolveSibling(whole.getFileName() + ".holders"), List.of(), List.of());
  }

  /**
   * That of an account.
   *
   * @param name of it
   * @param others names by which it is known, too
   */
  static CachePlace of(Path directory, String name, List<String> others) {
    return new CachePlace(
        ofVersion(directory, name),
        directory.resolve(name + ".db.holders"),
        List.of(unversioned(directory, name)),
        others.stream()
            .flatMap(other -> Stream.of(ofVersion(directory, other), unversioned(directory, other)))
            .toList());
  }

  /** What files are called by that are of a key at a host. */
  static String name(ClientConfig config, String key) {
    String host = config.url().getAuthority().toLowerCase(Locale.ROOT);
    return host.replaceAll("[^a-z0-9.]", "_") + "-" + key;
  }

  private static Path ofVersion(Path directory, String name) {
    return directory.resolve("%s.%d.db".formatted(name, CacheTables.VERSION));
  }

  /** Up to version 5 the name told none. */
  private static Path unversioned(Path directory, String name) {
    return directory.resolve(name + ".db");
  }

  /** Whether there is a cache, or what one begins with. */
  boolean isThere() {
    return Stream.of(List.of(file), earlier, others).flatMap(List::stream).anyMatch(Files::exists);
  }

  Path beside(String suffix) {
    return beside(file, suffix);
  }

  static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
