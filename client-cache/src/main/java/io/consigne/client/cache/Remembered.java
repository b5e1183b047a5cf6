package io.consigne.client.cache;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a stored file was on this machine when it was last known to be the same.
 *
 * @param sizeBytes its length
 * @param modified its modification time, to the microsecond
 * @param sha256 of its bytes, or null: not known
 */
public record Remembered(long sizeBytes, Instant modified, @Nullable String sha256) {
  /** Drops what is finer than a microsecond. */
  public Remembered {
    modified = modified.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Whether a local file has not been changed since.
   *
   * @param size its length in bytes
   * @param time its modification time; what is finer than a microsecond does not count
   * @return whether both are as remembered
   */
  public boolean isUnchanged(long size, Instant time) {
    return size == sizeBytes && time.truncatedTo(ChronoUnit.MICROS).equals(modified);
  }
}
