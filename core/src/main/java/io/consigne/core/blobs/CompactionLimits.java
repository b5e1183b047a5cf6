package io.consigne.core.blobs;

/**
 * When and how much is compacted.
 *
 * @param leastDeadBytes a store file with less is not worth it
 * @param roundBytes about how much content one round moves
 * @param storeFiles how many store files one round looks at
 * @param batchBytes how much content is moved with one sync and in one transaction
 * @param batchSegments of how many contents that may be
 */
record CompactionLimits(
    long leastDeadBytes, long roundBytes, int storeFiles, int batchBytes, int batchSegments) {
  /** What a host uses unless a test says otherwise. */
  static final CompactionLimits DEFAULT =
      new CompactionLimits(64 << 10, 64 << 20, 64, 1 << 20, 100);

  /** What may be there twice on the smallest disk: a pack, dead for the most part, has less. */
  long leastRoomBytes() {
    return roundBytes / 2;
  }
}
