package io.consigne.core.uploads;

import java.time.Duration;

/**
 * How uploads use memory and threads, and how long they are remembered.
 *
 * @param smallBytes contents up to this size share a store file
 * @param heldBytes how much of small contents one upload holds in memory until its commit, which
 *     appends them to a pack; further ones share a store file of the upload
 * @param smallMemoryBytes memory for small contents that are received or held, of all uploads; when
 *     it is used up, small contents get a store file of their own
 * @param blockBytes size of the buffers from which large contents are written and hashed
 * @param blocksPerUpload how many of them one upload may use at once
 * @param blocks how many of them there are
 * @param hashThreads how many threads hash
 * @param reportLife how long the report of an upload can be asked for
 * @param dedupe among which files equal bytes are stored once
 */
public record UploadLimits(
    int smallBytes,
    int heldBytes,
    int smallMemoryBytes,
    int blockBytes,
    int blocksPerUpload,
    int blocks,
    int hashThreads,
    Duration reportLife,
    Dedupe dedupe) {
  /** What a host uses unless it is told otherwise. */
  public static final UploadLimits DEFAULT =
      new UploadLimits(
          128 << 10,
          1 << 20,
          32 << 20,
          256 << 10,
          4,
          64,
          Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8),
          Duration.ofHours(2),
          Dedupe.ACCOUNT);

  /** How many files beyond the plan's limit are taken and refused one by one. */
  static final int REFUSED_BEYOND = 500;

  /** A file of up to so many bytes is received without asking whether there is room for it. */
  static final int UNASKED_BYTES = 64 << 10;

  /** After so many bytes of an upload it is asked again whether there is room. */
  static final long ASKED_EACH_BYTES = 64L << 20;

  /** Refuses what leaves nothing to work with. */
  public UploadLimits {
    if (smallBytes < 0 || heldBytes < 0 || smallMemoryBytes < 0) {
      throw new IllegalArgumentException("memory must not be negative");
    }
    if (blockBytes < 1 || blocksPerUpload < 1 || blocks < 1 || hashThreads < 1) {
      throw new IllegalArgumentException("uploads need a block and a thread");
    }
  }

  /** How many blocks those uploads have together for which nobody waits. */
  int asideBlocks() {
    return Math.max(1, blocks / 2);
  }

  /** These limits, with another scope of deduplication. */
  public UploadLimits with(Dedupe other) {
    return new UploadLimits(
        smallBytes,
        heldBytes,
        smallMemoryBytes,
        blockBytes,
        blocksPerUpload,
        blocks,
        hashThreads,
        reportLife,
        other);
  }
}
