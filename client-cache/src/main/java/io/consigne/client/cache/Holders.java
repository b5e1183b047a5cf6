package io.consigne.client.cache;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who does what a row tells of. Each process that shares a cache has a number, drawn by chance, and
 * locks the byte of that number in a file beside it for as long as it has the cache open. The lock
 * ends with the process, however it ends, and is seen from other containers, too, where numbers of
 * processes mean others, or none.
 */
final class Holders implements AutoCloseable {
  /** In the place of a number: it has been given up. */
  static final long NOBODY = 0;

  private static final long LARGEST = 1L << 62;

  /**
   * All that are open in this process, by their files. A process that opened such a file twice
   * would lose its locks when it closes one of the two.
   */
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private final Path file;
  private @Nullable Shared shared;

  /** Of the cache that has this file beside it, which is made when it is needed. */
  Holders(Path file) {
    this.file = file;
  }

  /** What all of this process share that have one cache open. */
  private static final class Shared {
    private final Path key;
    private final FileChannel channel;
    private long number = NOBODY;
    private int users;

    Shared(Path key) throws IOException {
      this.key = key;
      this.channel = FileChannel.open(key, CREATE, READ, WRITE);
    }

    /** One that nobody has. */
    long number() throws IOException {
      while (number == NOBODY) {
        long drawn = RandomGenerator.getDefault().nextLong(1, LARGEST);
        if (channel.tryLock(drawn, 1, false) != null) {
          number = drawn;
        }
      }
      return number;
    }

    boolean isHeld(long other) throws IOException {
      if (other == number) {
        return true;
      }
      try (FileLock free = channel.tryLock(other, 1, true)) {
        return free == null;
      } catch (OverlappingFileLockException e) {
        return true;
      }
    }
  }

  /** The number of this process, which it has until this is closed. */
  long self() throws IOException {
    synchronized (OPEN) {
      return shared().number();
    }
  }

  /**
   * Whether somebody has a number still; as long as that cannot be found out, somebody has.
   *
   * @param number of this process or of any other
   */
  boolean isHeld(long number) {
    if (number <= NOBODY) {
      return false;
    }
    synchronized (OPEN) {
      try {
        return shared().isHeld(number);
      } catch (IOException e) {
        return true;
      }
    }
  }

  private Shared shared() throws IOException {
    Shared known = shared;
    if (known != null) {
      return known;
    }
    Path directory = Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path key = directory.toRealPath().resolve(file.getFileName());
    Shared found = OPEN.get(key);
    if (found == null) {
      found = new Shared(key);
      OPEN.put(key, found);
    }
    found.users++;
    shared = found;
    return found;
  }

  @Override
  public void close() throws IOException {
    synchronized (OPEN) {
      Shared left = shared;
      shared = null;
      if (left != null && --left.users == 0) {
        OPEN.remove(left.key);
        left.channel.close();
      }
    }
  }
}
