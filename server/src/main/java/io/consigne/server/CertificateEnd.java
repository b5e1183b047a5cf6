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
  private static final Duration AGAIN = Duration.ofDays(1);

  private Instant told = Instant.MIN;

  /** What there is to say now of one that ends then. */
  Optional<String> sentence(Instant end, Instant now) {
    if (now.isBefore(end.minus(IN_TIME)) || now.isBefore(next())) {
      return Optional.empty();
    }
    told = now;
    return Optional.of(
        now.isBefore(end)
            ? "The certificate ends at " + end + ", and clients refuse it then: renew it"
            : "The certificate ended at " + end + ", and clients refuse it: renew it");
  }

  private Instant next() {
    return told.equals(Instant.MIN) ? told : told.plus(AGAIN);
  }
}
