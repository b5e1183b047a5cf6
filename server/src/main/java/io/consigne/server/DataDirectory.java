package io.consigne.server;

import io.consigne.core.upkeep.HostFiles;
import io.consigne.core.upkeep.LockedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory where a host keeps everything, locked for one process: {@code consigne.db}, {@code
 * blobs/}, {@code tls/}, {@code admin.sock}, {@code lock}.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String UNFINISHED = "restore-unfinished";
  private static final List<String> PARTS_OF_A_DATABASE = List.of("", "-wal", "-shm");

  private final Path path;
  private final LockedFile lock;

  private DataDirectory(Path path, LockedFile lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the directory, and makes it, durable and readable for this user alone, if it is missing;
   * empty if another process has it. Of one that is there, the files that a host keeps in it become
   * this user's alone.
   *
   * @throws IOException if it cannot be made or written to, or a restore into it was not finished
   */
  public static Optional<DataDirectory> lock(Path path) throws IOException {
    Optional<DataDirectory> locked = lockAnyhow(path);
    if (locked.isPresent() && Files.exists(locked.get().unfinished())) {
      locked.get().close();
      throw new IOException(
          "A restore into " + path + " was not finished: run it again, or remove the directory");
    }
    if (locked.isPresent()) {
      locked.get().makePrivate();
    }
    return locked;
  }

  /**
   * Takes a directory that is missing or empty, or into which a restore was not finished; nothing
   * else uses it before {@link #finish}.
   *
   * @throws IOException if it holds something else, is in use, or cannot be made
   */
  public static DataDirectory lockToFill(Path path) throws IOException {
    requireFree(path);
    DataDirectory directory =
        lockAnyhow(path).orElseThrow(() -> new IOException("Another process uses " + path));
    try {
      requireFree(path);
      directory.begin();
      return directory;
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  private static void requireFree(Path path) throws IOException {
    if (!Files.isDirectory(path) || Files.exists(path.resolve(UNFINISHED))) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      if (!entries.allMatch(entry -> entry.endsWith(LOCK))) {
        throw new IOException(path + " is not empty: choose a new directory with --data");
      }
    }
  }

  /** Marks the directory, durably, before the first byte of what fills it. */
  private void begin() throws IOException {
    try (FileChannel mark =
        FileChannel.open(unfinished(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      mark.force(true);
    }
    Directories.sync(path);
    Directories.make(files().blobs());
    Directories.closeToOthers(files().blobs());
  }

  /** Makes the directory one that a host can use, durably, after all in it was synced. */
  public void finish() throws IOException {
    Files.delete(unfinished());
    Directories.sync(path);
  }

  private Path unfinished() {
    return path.resolve(UNFINISHED);
  }

  private static Optional<DataDirectory> lockAnyhow(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
      throw new IOException(path + " is a file: --data names a directory");
    }
    try {
      Directories.make(absolute);
      return LockedFile.exclusive(absolute.resolve(LOCK))
          .map(lock -> new DataDirectory(absolute, lock));
    } catch (AccessDeniedException e) {
      throw new IOException(closed(path), e);
    } catch (NoSuchFileException e) {
      throw new IOException("Cannot make the directory " + path, e);
    }
  }

  /** Whose it is: who runs the host as another user than the day before looks for nothing else. */
  public static String closed(Path path) {
    String user = System.getProperty("user.name");
    try {
      return "%s is of the user %s, and closed to %s, who runs this"
          .formatted(path, Files.getOwner(path).getName(), user);
    } catch (IOException e) {
      return "no permission for %s, who runs this: %s".formatted(user, path);
    }
  }

  /** The operator may have made the directory for others to enter, or a mount did. */
  private void makePrivate() throws IOException {
    try {
      Directories.make(files().blobs());
      Directories.closeToOthers(files().blobs());
      Directories.closeToOthers(path.resolve(LOCK));
      Path database = files().database();
      for (String part : PARTS_OF_A_DATABASE) {
        Directories.closeToOthers(database.resolveSibling(database.getFileName() + part));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What is kept in it. */
  public HostFiles files() {
    return new HostFiles(path);
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
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
