package io.consigne.core.blobs;

/**
 * How large packs become.
 *
 * @param packBytes a pack that has reached this size is closed to appends
 * @param groupBytes how much content shares one sync; who waits beyond that shares the next
 */
record PackLimits(long packBytes, long groupBytes) {
  /** What a store uses unless a test says otherwise. */
  static final PackLimits DEFAULT = new PackLimits(64 << 20, 4 << 20);
}
