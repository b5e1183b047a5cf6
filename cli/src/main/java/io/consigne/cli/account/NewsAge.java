package io.consigne.cli.account;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.AccountSeen;
import java.time.Duration;
import java.time.Instant;

/** Says how old the news of an account is. */
final class NewsAge {
  private static final Duration NOTICED = Duration.ofSeconds(5);

  private NewsAge() {}

  static void tell(Talk talk, AccountSeen seen) {
    Duration age = Duration.between(seen.asked(), Instant.now());
    if (age.compareTo(NOTICED) >= 0) {
      talk.note("as the host told it %s ago".formatted(Amount.time(age)));
    }
  }
}
