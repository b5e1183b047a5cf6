package io.consigne.client.wire;

import io.consigne.client.transport.WireAnswer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a host announces of its limits: the {@code RateLimit} field of the IETF's draft. */
public final class RateLimitFields {
  private static final Pattern LEFT = Pattern.compile("(?:\\br|remaining)=([0-9]{1,9})");
  private static final Pattern RESET = Pattern.compile("(?:\\bt|reset)=([0-9]{1,6})");

  private RateLimitFields() {}

  /** How long the host wants no call at all, since nothing is left; empty if something is. */
  public static Optional<Duration> closedFor(WireAnswer answer) {
    return answer.headers().allValues("RateLimit").stream()
        .flatMap(field -> Arrays.stream(field.split(",(?=\\s*\")")))
        .flatMap(policy -> closedFor(policy).stream())
        .max(Duration::compareTo);
  }

  private static Optional<Duration> closedFor(String policy) {
    Matcher left = LEFT.matcher(policy);
    Matcher reset = RESET.matcher(policy);
    return left.find() && Long.parseLong(left.group(1)) == 0 && reset.find()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(reset.group(1))))
            .filter(Duration::isPositive)
        : Optional.empty();
  }
}
