package io.consigne.core.uploads;

import io.consigne.core.ids.AccountId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes are here of uploads that were not committed yet, by the account that is to pay.
 */
final class Underway {
  private final Map<AccountId, Long> bytes = new ConcurrentHashMap<>();

  /** Adds so many, or takes them off if they are less than none; returns how many that makes. */
  long add(AccountId payer, long more) {
    Long now = bytes.compute(payer, (same, before) -> sum(before, more));
    return now == null ? 0 : now;
  }

  /** An account of which nothing is here is not held. */
  private static @Nullable Long sum(@Nullable Long before, long more) {
    long now = (before == null ? 0 : before) + more;
    return now == 0 ? null : Long.valueOf(now);
  }

  /** Of how many accounts something is here. */
  int accounts() {
    return bytes.size();
  }
}
