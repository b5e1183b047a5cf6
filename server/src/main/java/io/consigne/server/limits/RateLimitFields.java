package io.consigne.server.limits;

import io.consigne.core.limits.Admission.LimitState;
import io.consigne.server.http.RetryAfter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The fields {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers):
 * lists of structured fields, {@code "key";q=30;w=10} and {@code "key";r=29;t=1}. Seconds are
 * rounded up, so that whoever waits that long has waited long enough.
 */
final class RateLimitFields {
  /** The name of the field that tells what the limits are. */
  static final String POLICY = "RateLimit-Policy";

  /** The name of the field that tells how they stand. */
  static final String LIMIT = "RateLimit";

  private RateLimitFields() {}

  static String policy(List<LimitState> standings) {
    return standings.stream()
        .map(one ->
            "\"%s\";q=%d;w=%d"
                .formatted(
                    one.name(), one.quota().calls(), RetryAfter.roundedUp(one.quota().window())))
        .collect(Collectors.joining(", "));
  }

  static String limit(List<LimitState> standings) {
    return standings.stream()
        .map(one ->
            "\"%s\";r=%d;t=%d".formatted(one.name(), one.left(), RetryAfter.roundedUp(one.reset())))
        .collect(Collectors.joining(", "));
  }
}
