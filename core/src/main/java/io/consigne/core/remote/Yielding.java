package io.consigne.core.remote;

import io.consigne.core.ids.AccountId;
import java.time.Duration;
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
  private Yielding() {}

  /**
   * Of the account that runs most the one that has run longest, rather one whose source is slow,
   * and then one that loses nothing by it. An account's only fetch is not cut off if it would have
   * to begin anew, unless its source is slow.
   *
   * @param leastRun how long a fetch runs at least before it gives its place up
   */
  static <T> Optional<T> choose(
      Collection<T> running, Function<T, Place> places, Duration leastRun) {
    Map<AccountId, Long> counts =
        running.stream()
            .collect(
                Collectors.groupingBy(run -> places.apply(run).account(), Collectors.counting()));
    ToLongFunction<T> beside = run -> counts.getOrDefault(places.apply(run).account(), 0L);
    Comparator<T> most = Comparator.comparingLong(beside).reversed();
    return running.stream()
        .filter(run -> places.apply(run).ran().compareTo(leastRun) >= 0)
        .filter(run ->
            places.apply(run).losesNothing()
                || places.apply(run).slow()
                || beside.applyAsLong(run) > 1)
        .min(
            most.thenComparing(run -> !places.apply(run).slow())
                .thenComparing(run -> !places.apply(run).losesNothing())
                .thenComparing(run -> places.apply(run).ran(), Comparator.reverseOrder()));
  }

  /**
   * The place that a running fetch takes.
   *
   * @param ran for how long it has run
   * @param losesNothing whether it can go on where it is cut off
   * @param slow whether its source has sent next to nothing for a long time
   */
  record Place(AccountId account, Duration ran, boolean losesNothing, boolean slow) {}
}
