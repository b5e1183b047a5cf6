package io.consigne.client.model;

import org.jspecify.annotations.Nullable;

/**
 * What a host says of a content.
 *
 * @param whirlpool 128 lower-case hex digits, or null: not computed yet
 * @param sha256 64 lower-case hex digits, or null: 1fichier.com has none
 */
public record Checksums(@Nullable String whirlpool, @Nullable String sha256) {
  /** Nothing known. */
  public static final Checksums NONE = new Checksums(null, null);

  /** {@return whether nothing is known} */
  public boolean isEmpty() {
    return whirlpool == null && sha256 == null;
  }

  /**
   * {@return whether they may be of one content} What only one side knows, says nothing.
   *
   * @param other what is said elsewhere
   */
  public boolean agree(Checksums other) {
    return agree(sha256, other.sha256) && agree(whirlpool, other.whirlpool);
  }

  private static boolean agree(@Nullable String one, @Nullable String other) {
    return one == null || other == null || one.equals(other);
  }
}
