package io.consigne.core.remote;

import io.consigne.core.accounts.Access;
import io.consigne.core.keys.KeyUse;
import io.consigne.core.limits.Direction;
import io.consigne.core.limits.Payer;
import io.consigne.core.limits.Transfers;

/**
 * Counts what is fetched as what is uploaded is counted.
 *
 * @param transfers the day's bytes of an account, if its plan bounds them
 * @param use what was done with keys
 */
public record FetchMeter(Transfers transfers, KeyUse use) {
  /**
   * Refuses to begin when the day's bytes are used up.
   *
   * @throws io.consigne.core.failure.FailureException {@code AllowanceUsed}
   */
  void begin(Access access) {
    transfers.requireBytes(Direction.UPLOAD, Payer.of(access));
  }

  /** So many bytes came, of whatever will be a file or not. */
  void came(Access access, long bytes) {
    transfers.count(Direction.UPLOAD, Payer.of(access), bytes);
  }

  /** A file of so many bytes is there. */
  void done(Access access, long bytes) {
    access.key().ifPresent(key -> use.uploaded(key, bytes));
  }
}
