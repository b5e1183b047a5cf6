package io.consigne.core.remote;

import io.consigne.core.ids.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Who gives its place up when all are taken, and an account that runs nothing waits: sources that
 * send next to nothing would keep everybody else waiting for as long as they like.
 */
final class Yielding {
  /** How long a fetch runs at least before its place is given to another account. */
  static final Duration LEAST_RUN = Duration.ofMinutes(1);

  private Yielding() {}

  /**
   * Of the account that runs most the one that has run longest, rather one that loses nothing by
   * it. An account's only fetch is not cut off if it would have to begin anew.
   */
  static <T> Optional<T> choose(Collection<T> running, Function<T, Place> places, Instant now) {
    Map<AccountId, Long> counts =
        running.stream()
            .collect(
                Collectors.groupingBy(run -> places.apply(run).account(), Collectors.counting()));
    ToLongFunction<T> beside = run -> counts.getOrDefault(places.apply(run).account(), 0L);
    Comparator<T> most = Comparator.comparingLong(beside).reversed();
    return running.stream()
        .filter(run -> !places.apply(run).begun().plus(LEAST_RUN).isAfter(now))
        .filter(run -> places.apply(run).losesNothing() || beside.applyAsLong(run) > 1)
        .min(
            most.thenComparing(run -> !places.apply(run).losesNothing())
                .thenComparing(run -> places.apply(run).begun()));
  }

  /**
   * The place that a running fetch takes.
   *
   * @param begun since when
   * @param losesNothing whether it can go on where it is cut off
   */
  record Place(AccountId account, Instant begun, boolean losesNothing) {}
}
