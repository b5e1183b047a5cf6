package io.consigne.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells in time, once a day, that a certificate ends: whoever renews it may have stopped to do so,
 * and clients of a certificate that is over come no further than that. For one thread.
 */
final class CertificateEnd {
  private static final Duration IN_TIME = Duration.ofDays(14);

  /** Those that live for days are renewed when a third or a half of that is left. */
  private static final int PART_OF_LIFE = 6;

  private static final Duration AGAIN = Duration.ofDays(1);

  private Instant told = Instant.MIN;

  /** What there is to say now of one that begins and ends then. */
  Optional<String> sentence(Instant begin, Instant end, Instant now) {
    if (now.isBefore(end.minus(inTime(begin, end))) || isTold(now)) {
      return Optional.empty();
    }
    told = now;
    return Optional.of(
        now.isBefore(end)
            ? "The certificate ends at " + end + ", and clients refuse it then: renew it"
            : "The certificate ended at " + end + ", and clients refuse it: renew it");
  }

  private static Duration inTime(Instant begin, Instant end) {
    Duration part = Duration.between(begin, end).dividedBy(PART_OF_LIFE);
    return part.compareTo(IN_TIME) < 0 ? part : IN_TIME;
  }

  /** Not so by a clock that was ahead then. */
  private boolean isTold(Instant now) {
    return !now.isBefore(told) && Duration.between(told, now).compareTo(AGAIN) < 0;
  }
}
