package io.consigne.core.audit;

import java.time.Duration;

/**
 * How much is noted, and for how long.
 *
 * @param keep how old a line becomes
 * @param waitingLines how many lines wait at most to be written; more are counted, not kept
 * @param pause how long a line waits
 * @param thingsLength how many characters a line has for what was done something to
 */
public record AuditLimits(Duration keep, int waitingLines, Duration pause, int thingsLength) {
  /** What a host begins with. */
  public static final AuditLimits DEFAULT =
      new AuditLimits(Duration.ofDays(400), 10_000, Duration.ofSeconds(1), 60_000);

  /** How many lines a page may have. */
  public static final int LINES_A_PAGE = 1_000;

  /** A page ends with the line at which what was done something to has so many characters. */
  static final long CHARACTERS_A_PAGE = 1_000_000;

  /** These limits, with lines that become so old. */
  public AuditLimits keeping(Duration longer) {
    return new AuditLimits(longer, waitingLines, pause, thingsLength);
  }
}
