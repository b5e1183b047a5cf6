package io.consigne.core.keys;

import io.consigne.core.ids.KeyId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown about a key.
 *
 * @param id its number
 * @param kind {@code master}
 * @param hint its first characters
 * @param created when it was made
 * @param revokedOrNull when it was revoked, null while it is good
 */
public record KeyInfo(
    KeyId id, String kind, String hint, Instant created, @Nullable Instant revokedOrNull) {
  /** When the key was revoked. */
  public Optional<Instant> revoked() {
    return Optional.ofNullable(revokedOrNull);
  }
}
