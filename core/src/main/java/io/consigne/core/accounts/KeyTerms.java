package io.consigne.core.accounts;

import io.consigne.core.ids.KeyId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key that opened an account, and on which terms.
 *
 * @param id its number
 * @param epoch raised whenever the key's restrictions change or its secret is replaced at once
 * @param master whether it is the account's master key
 * @param rateOrNull how many requests a second it may make, null if only the plan counts
 * @param expiresOrNull when it ends by itself, null if it does not
 */
public record KeyTerms(
    KeyId id,
    long epoch,
    boolean master,
    @Nullable Long rateOrNull,
    @Nullable Instant expiresOrNull) {
  /** How many requests a second it may make; empty if only the plan counts. */
  public Optional<Long> rate() {
    return Optional.ofNullable(rateOrNull);
  }

  /** When it ends by itself. */
  public Optional<Instant> expires() {
    return Optional.ofNullable(expiresOrNull);
  }
}
