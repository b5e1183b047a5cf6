package io.consigne.core.ids;

/**
 * The number of one file in the database.
 *
 * @param value positive
 */
public record FileId(long value) {
  /** Refuses what is not positive. */
  public FileId {
    if (value <= 0) {
      throw new IllegalArgumentException("file id must be positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
