package io.consigne.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.budget.Timing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The paths of an account at which this process stores. Of two that look what is there and then
 * store at the same path, the second waits, and looks when the first is done. Each path is a byte
 * of one file, which is locked alone; so is each folder above it, together with others. The locks
 * end with the process, however it ends.
 */
final class Claims implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final FileChannel file;
  private final Timing timing;

  private Claims(FileChannel file, Timing timing) {
    this.file = file;
    this.timing = timing;
  }

  /** One that is locked alone, or a folder above one. */
  private record Wanted(RemotePath path, boolean isAbove) {}

  static Claims in(Path file, Timing timing) throws IOException {
    Files.createDirectories(file.getParent());
    return new Claims(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        timing);
  }

  /**
   * Waits until nobody else stores at these paths, below them or at a folder above.
   *
   * @param patience how long at most
   * @param waiting told once, what is waited for
   * @throws Problem if it takes longer
   * @throws IOException if the file cannot be locked, or the thread is interrupted
   */
  void take(List<RemotePath> paths, Duration patience, Consumer<String> waiting)
      throws IOException {
    Instant end = timing.now().plus(patience);
    boolean told = false;
    // All take theirs in the same order, so that no two wait for each other.
    for (Map.Entry<Long, Wanted> each : wanted(paths).entrySet()) {
      while (!tryLock(each.getKey(), each.getValue().isAbove())) {
        String other = "another process stores at " + each.getValue().path();
        if (!told) {
          waiting.accept("waiting: " + other);
          told = true;
        }
        if (timing.now().isAfter(end)) {
          throw new Problem(
              Exit.CONFLICT, other, "try again when it is done, or allow a longer --patience");
        }
        timing.sleep(LOOK);
      }
    }
  }

  private static Map<Long, Wanted> wanted(List<RemotePath> paths) {
    var wanted = new TreeMap<Long, Wanted>();
    paths.forEach(path -> wanted.put(position(path), new Wanted(path, false)));
    for (RemotePath path : paths) {
      for (RemotePath above = path; !above.isRoot(); ) {
        above = above.parent();
        wanted.putIfAbsent(position(above), new Wanted(above, true));
      }
    }
    return wanted;
  }

  /** FNV-1a, within what a file may have: paths that share a byte wait for each other in vain. */
  private static long position(RemotePath path) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : path.text().getBytes(UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    return hash >>> 2;
  }

  private boolean tryLock(long position, boolean shared) throws IOException {
    try {
      return file.tryLock(position, 1, shared) != null;
    } catch (OverlappingFileLockException e) {
      // By this process, for another command.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
