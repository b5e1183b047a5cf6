package io.consigne.core.upkeep;

import java.nio.file.Path;

/**
 * What a host consists of on disk.
 *
 * @param directory of all its data
 */
public record HostFiles(Path directory) {
  /** The embedded database, whether there is one or not. */
  public Path database() {
    return directory.resolve(Manifest.DATABASE);
  }

  /** The store of contents. */
  public Path blobs() {
    return directory.resolve("blobs");
  }

  /** The certificates that the host made itself, whether there are any or not. */
  public Path tls() {
    return directory.resolve("tls");
  }
}
