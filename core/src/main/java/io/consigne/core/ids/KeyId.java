package io.consigne.core.ids;

/**
 * The number of one key in the database.
 *
 * @param value positive
 */
public record KeyId(long value) {
  /** Refuses what is not positive. */
  public KeyId {
    if (value <= 0) {
      throw new IllegalArgumentException("key id must be positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
