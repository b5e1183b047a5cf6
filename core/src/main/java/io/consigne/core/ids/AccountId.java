package io.consigne.core.ids;

/**
 * The number of one account in the database.
 *
 * @param value positive
 */
public record AccountId(long value) {
  /** Refuses what is not positive. */
  public AccountId {
    if (value <= 0) {
      throw new IllegalArgumentException("account id must be positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
