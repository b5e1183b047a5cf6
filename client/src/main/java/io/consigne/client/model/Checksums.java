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
}
