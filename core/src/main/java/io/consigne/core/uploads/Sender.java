package io.consigne.core.uploads;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Standing;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.Sql;
import java.time.Instant;

/**
 * Who uploads.
 *
 * @param access what the sender may do; a guest's is that of the host's account for guests
 * @param guest whether the sender is not identified
 */
public record Sender(Access access, boolean guest) {
  /** Somebody known by a key or a password. */
  public static Sender identified(Access access) {
    return new Sender(access, false);
  }

  /** Somebody unknown, whose files belong to the host's account for guests. */
  public static Sender guest(Access accessOfGuests) {
    return new Sender(accessOfGuests, true);
  }

  /** Who this is, for the audit log. */
  Actor actor() {
    return guest ? Actor.stranger(access.callerOrNull()) : access.actor();
  }

  /**
   * Refuses a sender whose key was revoked, restricted or has expired, or whose account was closed,
   * since it was identified.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  void requireStillKnown(Sql sql, Instant now) {
    Standing.require(sql, access, now);
  }
}
