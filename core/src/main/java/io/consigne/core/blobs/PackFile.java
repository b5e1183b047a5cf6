package io.consigne.core.blobs;

import java.io.IOException;

/** The new store file that a {@link Pack} is written to; it has a durable name and no bytes yet. */
interface PackFile extends WritableBytes, AutoCloseable {
  /** The store file's name. */
  StoreFileName name();

  /** Makes what was written survive power loss. */
  void force() throws IOException;

  /**
   * Whether it still stands at its place with at least {@code sizeBytes} bytes: what is written to
   * a file that somebody removed is nowhere.
   */
  boolean isInPlace(long sizeBytes) throws IOException;

  /** Closes the file and cuts it to its first {@code sizeBytes} bytes. */
  void cut(long sizeBytes) throws IOException;

  @Override
  void close() throws IOException;

  /** Makes such files, and says what to do when they cannot be written. */
  interface Source {
    /** Begins a store file under a new name, and makes its directory entry durable. */
    PackFile begin() throws IOException;

    /**
     * Refuses what the store has no room for.
     *
     * @throws io.consigne.core.failure.FailureException {@code StoreFull}
     */
    void require(long bytes);

    /** What the port throws for this fault. */
    RuntimeException failure(IOException fault);
  }
}
