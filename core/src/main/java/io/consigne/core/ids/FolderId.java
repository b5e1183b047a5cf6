package io.consigne.core.ids;

/**
 * The number of one folder in the database.
 *
 * @param value positive
 */
public record FolderId(long value) {
  /** Refuses what is not positive. */
  public FolderId {
    if (value <= 0) {
      throw new IllegalArgumentException("folder id must be positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
