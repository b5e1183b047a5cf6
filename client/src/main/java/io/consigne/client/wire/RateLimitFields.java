package io.consigne.client.wire;

import io.consigne.client.model.UsedUp;
import io.consigne.client.transport.WireAnswer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a host announces of its limits: the {@code RateLimit} field of the IETF's draft. */
public final class RateLimitFields {
  private static final Pattern LEFT = Pattern.compile("(?:\\br|remaining)=([0-9]{1,9})");
  private static final Pattern RESET = Pattern.compile("(?:\\bt|reset)=([0-9]{1,6})");

  private static final Pattern NAME = Pattern.compile("\\s*\"([^\"]*)\"");

  private RateLimitFields() {}

  /** Those limits of which nothing is left. */
  public static List<UsedUp> usedUp(WireAnswer answer) {
    return answer.headers().allValues("RateLimit").stream()
        .flatMap(field -> Arrays.stream(field.split(",(?=\\s*\")")))
        .flatMap(policy -> usedUp(policy).stream())
        .toList();
  }

  private static Optional<UsedUp> usedUp(String policy) {
    Matcher name = NAME.matcher(policy);
    Matcher left = LEFT.matcher(policy);
    Matcher reset = RESET.matcher(policy);
    return left.find() && Long.parseLong(left.group(1)) == 0 && reset.find()
        ? Optional.of(
                new UsedUp(
                    name.lookingAt() ? name.group(1) : "",
                    Duration.ofSeconds(Long.parseLong(reset.group(1)))))
            .filter(limit -> limit.time().isPositive())
        : Optional.empty();
  }

  /**
   * How long until there is more of all limits of which nothing is left; zero if there are none.
   */
  static Duration reset(WireAnswer answer) {
    return usedUp(answer).stream()
        .map(UsedUp::time)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /**
   * Whether nothing is left of what calls of one kind alone are charged to, and more of the rest.
   */
  static boolean isOfOneKind(WireAnswer answer) {
    List<UsedUp> limits = usedUp(answer);
    return !limits.isEmpty() && limits.stream().allMatch(UsedUp::isOfOneKind);
  }
}
