package io.consigne.client.model;

/**
 * The id of a folder.
 *
 * @param value 0 for the root
 */
public record FolderId(long value) {
  /** The root of an account. */
  public static final FolderId ROOT = new FolderId(0);

  /** Refuses negative numbers. */
  public FolderId {
    if (value < 0) {
      throw new IllegalArgumentException("folder id must not be negative: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
