package io.consigne.core.blobs;

import io.consigne.core.db.Databases;
import io.consigne.core.jobs.Seldom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that a store has no room for contents, once in ten minutes however often it is met, and
 * that it has some again.
 */
final class RoomLog {
  private static final Logger LOG = LoggerFactory.getLogger(RoomLog.class);
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private final Path directory;
  private final Seldom seldom;
  private volatile boolean told;

  /** Of the store in that directory. */
  RoomLog(Path directory, LongSupplier nanoTime) {
    this.directory = directory;
    this.seldom = new Seldom(nanoTime, AGAIN);
  }

  /** Something was refused while the disk had so many bytes left. */
  synchronized void full(long bytesLeft) {
    if (seldom.mayTell()) {
      told = true;
      LOG.warn(
          "The disk is full, and what is uploaded is refused: {} has {} bytes left",
          directory,
          bytesLeft);
    }
  }

  /** The disk has so many bytes left, which ends what was told if they are more than a few. */
  void room(long bytesLeft) {
    if (told && bytesLeft >= 2L * Databases.SPARE_BYTES) {
      tellRoom(bytesLeft);
    }
  }

  private synchronized void tellRoom(long bytesLeft) {
    if (told) {
      told = false;
      LOG.warn("There is room again: {} has {} bytes left", directory, bytesLeft);
    }
  }
}
