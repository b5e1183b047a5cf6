package io.consigne.core.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that does nothing but take room on a disk, so that there is some to give up when somebody
 * else has filled it. Its bytes are random, since a file system may keep zeros in no room at all.
 */
final class SpareRoom {
  private static final Logger LOG = LoggerFactory.getLogger(SpareRoom.class);
  private static final int PIECE_BYTES = 64 << 10;
  private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Path file;
  private final LongSupplier nanoTime;
  private final AtomicLong triedAt;
  private volatile boolean taken;
  private volatile int timesGivenUp;

  /** Takes room by {@code file}, if there is some. */
  SpareRoom(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
    this.triedAt = new AtomicLong(nanoTime.getAsLong() - RETRY_NANOS);
    takeAgain();
  }

  /** Gives the room of an earlier run up if there is hardly any other: a start needs some. */
  static void giveUpIfFull(Path file) {
    try {
      if (Files.exists(file)
          && Files.getFileStore(file).getUsableSpace() < Databases.SPARE_BYTES / 2) {
        Files.delete(file);
        LOG.warn("The disk is full: {} was removed, so that the host can start", file);
      }
    } catch (IOException e) {
      LOG.warn("The disk may be full, and {} cannot be removed: {}", file, e.toString());
    }
  }

  /** How often the room was given up; to be asked before something that may meet a full disk. */
  int timesGivenUp() {
    return timesGivenUp;
  }

  /** Gives the room up; whether there is some more than when it was given up so many times. */
  synchronized boolean giveUp(int seen) {
    if (taken) {
      triedAt.set(nanoTime.getAsLong());
      taken = false;
      try {
        Files.deleteIfExists(file);
        timesGivenUp = timesGivenUp + 1;
        LOG.warn("The disk is full: {} was removed, so that files can be", file);
      } catch (IOException e) {
        LOG.warn("The disk is full, and {} cannot be removed: {}", file, e.toString());
      }
    }
    return timesGivenUp != seen;
  }

  /** Takes the room again some time after it was given up, once there is twice as much. */
  void takeAgain() {
    long now = nanoTime.getAsLong();
    long last = triedAt.get();
    if (taken || now - last < RETRY_NANOS || !triedAt.compareAndSet(last, now)) {
      return;
    }
    try {
      taken = isThere() || fill();
    } catch (IOException e) {
      LOG.debug("no spare room: {}", e.toString());
    }
  }

  private boolean isThere() throws IOException {
    return Files.exists(file) && Files.size(file) == Databases.SPARE_BYTES;
  }

  private boolean fill() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null
        || Files.getFileStore(directory).getUsableSpace() < 2 * Databases.SPARE_BYTES) {
      return false;
    }
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    boolean whole = false;
    try (channel) {
      var random = new SplittableRandom();
      var piece = new byte[PIECE_BYTES];
      for (int written = 0; written < Databases.SPARE_BYTES; ) {
        random.nextBytes(piece);
        written += channel.write(ByteBuffer.wrap(piece));
      }
      whole = true;
      return true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }
}
