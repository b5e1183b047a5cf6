package io.consigne.core.keys;

import java.time.Duration;

/** How far keys go: the table of their limits. */
public final class KeyLimits {
  /** The longest name of a key, in characters. */
  public static final int NAME_LENGTH = 100;

  /** The most restricted keys of an account that are not revoked. */
  public static final int KEYS = 1_000;

  /** How many keys are listed, of which the newest come first. */
  public static final int LISTED = 10_000;

  /** How many keys of an account are known that are revoked, and how many secrets replaced. */
  public static final int PAST = 1_000;

  /** The most blocks of addresses of a key. */
  public static final int NETWORKS = 100;

  /** The most requests a second that a key can be given for its own. */
  public static final long HIGHEST_RATE = 1_000;

  /** The longest that a replaced secret goes on. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  /** How long before its end a key is announced to expire. */
  public static final Duration ANNOUNCED = Duration.ofDays(14);

  /** How long a key is unused before it is stale, unless the caller says otherwise. */
  public static final Duration STALE = Duration.ofDays(90);

  /** How often it is written down when keys were used. */
  public static final Duration USE_WRITTEN = Duration.ofSeconds(30);

  /** For how many days it is kept what was done with a key. */
  public static final int DAYS_KEPT = 90;

  private KeyLimits() {}
}
