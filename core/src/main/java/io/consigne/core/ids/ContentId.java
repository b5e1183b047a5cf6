package io.consigne.core.ids;

/**
 * The number of one content in the database.
 *
 * @param value positive
 */
public record ContentId(long value) {
  /** Refuses what is not positive. */
  public ContentId {
    if (value <= 0) {
      throw new IllegalArgumentException("content id must be positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
