package io.consigne.core.retention;

import java.time.Duration;

/** How files end that nobody downloads: the table of that. */
public final class RetentionLimits {
  /** How long a file of a guest stays. */
  static final Duration LIFE_OF_GUESTS_FILES = Duration.ofDays(15);

  /** How long a file of a free account stays. */
  static final Duration LIFE_OF_FREE_FILES = Duration.ofDays(30);

  /** From the announcement to the removal. */
  static final Duration NOTICE = Duration.ofDays(5);

  /** A clock that gains more was behind: what was uploaded or downloaded until then is younger. */
  static final Duration MOST_GAIN = Duration.ofDays(1);

  /** How many announced files are listed at most. */
  public static final int LISTED = 1_000;

  private RetentionLimits() {}
}
