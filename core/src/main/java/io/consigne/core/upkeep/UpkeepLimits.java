package io.consigne.core.upkeep;

import java.time.Duration;

/** How the host is looked through: the table of that. */
public final class UpkeepLimits {
  /** The slowest pace: at it, a task still ends within some seconds when it is told to. */
  public static final long LEAST_BYTES_PER_SECOND = 64 << 10;

  /** When damage that lasts is told to the log again. */
  static final Duration DAMAGE_TOLD_AGAIN = Duration.ofDays(1);

  /** How many damages are known not to be told again. */
  static final int DAMAGES_REMEMBERED = 100_000;

  /** How many files are named for one damage; more show one content only where it was copied. */
  static final int FILES_NAMED = 1_000;

  /** How many store files that nothing knows are looked at. */
  static final int ORPHANS = 100_000;

  private UpkeepLimits() {}
}
