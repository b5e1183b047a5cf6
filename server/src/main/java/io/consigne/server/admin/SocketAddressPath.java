package io.consigne.server.admin;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The address of a Unix socket. The system takes paths of 107 bytes at most (unix(7)), and a data
 * directory may lie deeper: then the address leads through a link in a new temporary directory,
 * which is needed while the socket is bound or connected, and no longer.
 */
final class SocketAddressPath implements AutoCloseable {
  private static final int LONGEST_BYTES = 107;

  private final Path path;
  private final @Nullable Path link;

  private SocketAddressPath(Path path, @Nullable Path link) {
    this.path = path;
    this.link = link;
  }

  /** A way to the socket at {@code path}, which is absolute. */
  static SocketAddressPath of(Path path) throws IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES) {
      return new SocketAddressPath(path, null);
    }
    Path link = Files.createTempDirectory("consigne").resolve("data");
    Files.createSymbolicLink(link, path.getParent());
    return new SocketAddressPath(link.resolve(path.getFileName()), link);
  }

  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(path);
  }

  @Override
  public void close() throws IOException {
    if (link != null) {
      Files.deleteIfExists(link);
      Files.deleteIfExists(link.getParent());
    }
  }
}
