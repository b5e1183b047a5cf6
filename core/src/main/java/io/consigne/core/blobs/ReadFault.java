package io.consigne.core.blobs;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/**
 * Tells a medium that cannot give bytes back, which is damage, from a system that does not let us
 * look: no descriptors, no rights, an interruption. Of the bytes that says nothing.
 */
final class ReadFault {
  private static final String UNREADABLE = "Input/output error";

  private ReadFault() {}

  /** What the port throws when reading at a position of a store file met {@code fault}. */
  static RuntimeException of(String storeFile, long position, IOException fault) {
    if (!isDamage(fault)) {
      return new UncheckedIOException(fault);
    }
    var damage = new Failure.Rotten(storeFile + " at " + position + ": the disk cannot read it");
    return new FailureException(damage, fault);
  }

  /** Whether the medium is at fault. */
  static boolean isDamage(IOException fault) {
    String said =
        fault instanceof FileSystemException named ? named.getReason() : fault.getMessage();
    return UNREADABLE.equals(said);
  }
}
