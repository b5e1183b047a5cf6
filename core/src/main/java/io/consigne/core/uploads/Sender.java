package io.consigne.core.uploads;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;

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
   * Refuses a sender whose key was revoked or whose account was closed since it was identified.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  void requireStillKnown(Sql sql) {
    long account = access.account().value();
    long known =
        access
            .key()
            .map(key ->
                sql.number(
                    """
                    SELECT COUNT(*) FROM accounts a JOIN api_keys k ON k.account_id = a.id
                    WHERE a.id = ? AND a.disabled_at IS NULL AND k.id = ? AND k.revoked_at IS NULL
                    """,
                    account,
                    key.value()))
            .orElseGet(() ->
                sql.number(
                    "SELECT COUNT(*) FROM accounts WHERE id = ? AND disabled_at IS NULL", account));
    if (known == 0) {
      throw new Failure.NotAuthenticated().asException();
    }
  }
}
