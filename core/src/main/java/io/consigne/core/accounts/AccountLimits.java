package io.consigne.core.accounts;

import java.time.Duration;

/** What accounts have and give, whatever their plans: the table of that. */
public final class AccountLimits {
  /**
   * How many files and folders an account may have: each is a row of the database, also an empty
   * one that no quota of bytes counts.
   */
  public static final long ITEMS = 5_000_000;

  /** The shortest password of an account, in characters. */
  public static final int SHORTEST_PASSWORD = 8;

  /** How long a password waits to be hashed. */
  static final Duration PASSWORD_PATIENCE = Duration.ofSeconds(10);

  /** When it is of use to come again with one that waited in vain. */
  static final Duration PASSWORD_RETRY_AFTER = Duration.ofSeconds(5);

  private AccountLimits() {}
}
