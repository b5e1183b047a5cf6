package io.consigne.core.uploads;

import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreFileWriter;
import java.util.concurrent.CompletableFuture;

/** The bytes of a received file, not durable yet. */
sealed interface Stored {
  /** Completes with their hash in 64 hex digits. */
  CompletableFuture<String> sha256();

  /**
   * Bytes in memory, to be appended to a pack.
   *
   * @param bytes all of them
   * @param sha256 is complete
   */
  record Held(SmallBytes bytes, CompletableFuture<String> sha256) implements Stored {}

  /**
   * Bytes in a store file of the upload, written but not committed.
   *
   * @param segment where they stand
   * @param file the store file, which may hold others, too
   * @param sha256 completes with their hash
   */
  record Written(Segment segment, StoreFileWriter file, CompletableFuture<String> sha256)
      implements Stored {}
}
