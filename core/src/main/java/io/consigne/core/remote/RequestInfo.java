package io.consigne.core.remote;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown about a request.
 *
 * @param id its number
 * @param requested when it was made
 * @param endedOrNull when its last fetch ended, null as long as one has not
 */
public record RequestInfo(long id, Instant requested, @Nullable Instant endedOrNull) {
  /** When its last fetch ended; empty as long as one has not. */
  public Optional<Instant> ended() {
    return Optional.ofNullable(endedOrNull);
  }
}
