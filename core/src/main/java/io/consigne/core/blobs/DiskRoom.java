package io.consigne.core.blobs;

import io.consigne.core.db.Databases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much room a file system has for contents, and whether a fault means that it has none. A
 * little is left for the database beside them, so that files can be removed from a full disk.
 *
 * @param disk makes the system calls
 * @param store the file system
 * @param log is told when there is none, and when there is some again
 */
record DiskRoom(Disk disk, FileStore store, RoomLog log) {
  private static final Set<@Nullable String> FULL =
      Set.of("No space left on device", "Disk quota exceeded", "File too large");

  /** The bytes that an ordinary user can still write, without those that are reserved. */
  long availableBytes() {
    return forContents(bytesLeft());
  }

  private long bytesLeft() {
    try {
      return disk.availableBytes(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long forContents(long bytesLeft) {
    return Math.max(0, bytesLeft - Databases.SPARE_BYTES);
  }

  /**
   * Refuses a write that would use the reserve.
   *
   * @throws FailureException {@code StoreFull}
   */
  void require(long bytes) {
    long left = bytesLeft();
    if (forContents(left) < bytes) {
      log.full(left);
      throw new Failure.StoreFull().asException();
    }
    log.room(left);
  }

  /**
   * What the port throws when writing met {@code fault}. The system words its faults in the
   * language of the process, so that one in unknown words on a full file system counts as no room.
   */
  RuntimeException failure(IOException fault) {
    OptionalLong left = knownBytesLeft();
    boolean none = left.isPresent() && forContents(left.getAsLong()) == 0;
    if (!saysFull(fault) && !none) {
      return new UncheckedIOException(fault);
    }
    log.full(left.orElse(0));
    return new FailureException(new Failure.StoreFull(), fault);
  }

  /** Empty if it is not known: a file system that is dying may not even tell. */
  private OptionalLong knownBytesLeft() {
    try {
      return OptionalLong.of(bytesLeft());
    } catch (UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean saysFull(IOException fault) {
    String said =
        fault instanceof FileSystemException named ? named.getReason() : fault.getMessage();
    return said != null && FULL.contains(said);
  }
}
