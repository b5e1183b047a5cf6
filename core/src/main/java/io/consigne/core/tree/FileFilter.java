package io.consigne.core.tree;

import java.time.Instant;

/**
 * Which files of a listing are wanted, by upload time, both bounds inclusive.
 *
 * @param sentAfter not older than this; {@link Instant#EPOCH} for all
 * @param sentBefore not newer than this; {@link #END} for all
 */
public record FileFilter(Instant sentAfter, Instant sentBefore) {
  /** Later than any upload. */
  public static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);

  /** All files. */
  public static final FileFilter ALL = new FileFilter(Instant.EPOCH, END);
}
