package io.consigne.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The directory where a host keeps everything, locked for one process: {@code consigne.db}, {@code
 * blobs/}, {@code tls/}, {@code admin.sock}, {@code lock}.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the directory, and makes it, readable for this user alone, if it is missing; empty if
   * another process has it.
   *
   * @throws IOException if it cannot be made or written to
   */
  public static Optional<DataDirectory> lock(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      Files.createDirectories(
          absolute,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel channel =
        FileChannel.open(
            absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!taken(channel)) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new DataDirectory(absolute, channel));
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The embedded database. */
  public Path database() {
    return path.resolve("consigne.db");
  }

  /** The store of contents. */
  public Path blobs() {
    return path.resolve("blobs");
  }

  /** The certificates that the host made itself. */
  public Path tls() {
    return path.resolve("tls");
  }

  /** The socket for the operator's commands. */
  public Path adminSocket() {
    return adminSocket(path);
  }

  /** The socket for the operator's commands, of a directory that another process has. */
  public static Path adminSocket(Path directory) {
    return directory.toAbsolutePath().normalize().resolve("admin.sock");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
