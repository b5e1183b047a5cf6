package io.consigne.core.hooks;

import io.consigne.core.jobs.BackOff;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The webhooks that rest because their receivers did not answer, each time in a row for longer: a
 * message to one of them takes a place for as long as it is waited for. A start forgets them.
 */
final class Rests {
  private final Map<Long, Rest> rests = new ConcurrentHashMap<>();
  private final HookLimits limits;
  private final BackOff backOff;
  private final InstantSource clock;

  Rests(HookLimits limits, BackOff backOff, InstantSource clock) {
    this.limits = limits;
    this.backOff = backOff;
    this.clock = clock;
  }

  /** Its receiver did not answer. */
  void unanswered(long webhook) {
    rests.compute(
        webhook,
        (_, before) -> {
          long times = before == null ? 1 : before.times() + 1;
          return new Rest(times, clock.instant().plus(backOff.after(times)));
        });
  }

  /** Its receiver answered, whatever it said. */
  void answered(long webhook) {
    rests.remove(webhook);
  }

  /**
   * Those that rest now; forgets those to which nothing was sent for so long that they may be gone.
   */
  Set<Long> now() {
    Instant now = clock.instant();
    rests
        .values()
        .removeIf(rest -> rest.until().plus(limits.retries().longestPause()).isBefore(now));
    return rests.entrySet().stream()
        .filter(rest -> rest.getValue().until().isAfter(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private record Rest(long times, Instant until) {}
}
