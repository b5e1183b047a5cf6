package io.consigne.core.blobs;

import io.consigne.core.db.Databases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much room a file system has for contents, and whether a fault means that it has none. A
 * little is left for the database beside them, so that files can be removed from a full disk.
 *
 * @param disk makes the system calls
 * @param store the file system
 */
record DiskRoom(Disk disk, FileStore store) {
  private static final Set<@Nullable String> FULL =
      Set.of("No space left on device", "Disk quota exceeded", "File too large");

  /** The bytes that an ordinary user can still write, without those that are reserved. */
  long availableBytes() {
    try {
      return Math.max(0, disk.availableBytes(store) - Databases.SPARE_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses a write that would use the reserve.
   *
   * @throws FailureException {@code StoreFull}
   */
  void require(long bytes) {
    if (availableBytes() < bytes) {
      throw new Failure.StoreFull().asException();
    }
  }

  /**
   * What the port throws when writing met {@code fault}. The system words its faults in the
   * language of the process, so that one in unknown words on a full file system counts as no room.
   */
  RuntimeException failure(IOException fault) {
    return saysFull(fault) || isFull()
        ? new FailureException(new Failure.StoreFull(), fault)
        : new UncheckedIOException(fault);
  }

  /** Whether it is known to be full: a file system that is dying may not even tell. */
  private boolean isFull() {
    try {
      return availableBytes() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static boolean saysFull(IOException fault) {
    String said =
        fault instanceof FileSystemException named ? named.getReason() : fault.getMessage();
    return said != null && FULL.contains(said);
  }
}
