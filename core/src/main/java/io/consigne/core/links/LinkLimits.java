package io.consigne.core.links;

import java.time.Duration;

/** How far links go: the table of their limits. */
public final class LinkLimits {
  /** How long a download may be started with a token. */
  public static final Duration TO_START = Duration.ofMinutes(5);

  /** How long a download may be resumed with a token. */
  public static final Duration TO_RESUME = Duration.ofMinutes(30);

  /** How long tokens are signed with one key. */
  static final Duration KEY_USED_FOR = Duration.ofDays(1);

  /** How long what one key has signed is known. */
  static final Duration KEY_KEPT_FOR = Duration.ofDays(2);

  /** The most folders of a page of a public folder. */
  public static final int FOLDERS_A_PAGE = 1_000;

  private LinkLimits() {}
}
