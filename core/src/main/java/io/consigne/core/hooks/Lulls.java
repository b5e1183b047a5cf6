package io.consigne.core.hooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The webhooks for which messages wait of which none is due: until then, or until a further one
 * comes, they need not all be looked at again. Used by one thread.
 */
final class Lulls {
  /** Another node may put a message back before the one that was found to be next. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Map<Long, Lull> lulls = new HashMap<>();

  /**
   * Nothing is due.
   *
   * @param newest the number of the newest message that waits
   * @param next when the first is due
   */
  void begin(long webhook, long newest, Instant now, Instant next) {
    Instant latest = now.plus(LONGEST);
    lulls.put(webhook, new Lull(newest, now, next.isBefore(latest) ? next : latest));
  }

  /** Whether nothing is due yet, as far as is known; not if the clock went back. */
  boolean lasts(long webhook, long newest, Instant now) {
    Lull lull = lulls.get(webhook);
    return lull != null
        && lull.newest() == newest
        && !now.isBefore(lull.from())
        && now.isBefore(lull.until());
  }

  /** Something is due. */
  void end(long webhook) {
    lulls.remove(webhook);
  }

  /** Forgets all webhooks but these. */
  void keep(Collection<Long> webhooks) {
    lulls.keySet().retainAll(webhooks);
  }

  private record Lull(long newest, Instant from, Instant until) {}
}
