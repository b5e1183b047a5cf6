package io.consigne.client.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Consigne host says of the key that asks.
 *
 * @param name of the key
 * @param kind {@code master} or {@code restricted}
 * @param state {@code active}, {@code expired}, {@code revoked} or {@code closed}
 * @param scopes what it may do
 * @param span when it was made, and when it ends
 * @param hereAllowed whether it may be used from this address
 */
public record KeyState(
    String name, String kind, String state, List<String> scopes, Span span, boolean hereAllowed) {
  /** Copies. */
  public KeyState {
    scopes = List.copyOf(scopes);
  }

  /** {@return whether it opens the account} */
  public boolean isActive() {
    return state.equals("active");
  }

  /** {@return whether it opens all of the account, and nobody has restricted it} */
  public boolean isMaster() {
    return kind.equals("master");
  }

  /**
   * From when to when.
   *
   * @param made null if an older host does not say
   * @param ends null if it does not end
   */
  public record Span(@Nullable Instant made, @Nullable Instant ends) {}
}
