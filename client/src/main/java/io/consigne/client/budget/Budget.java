package io.consigne.client.budget;

import io.consigne.client.model.FloodState;
import io.consigne.client.model.Limit;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.Refusal.Scope;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.UsedUp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** When calls to a host may be made, by all processes of this machine together. */
public final class Budget {
  private static final Duration SLOWEST_PACE = Duration.ofMillis(2_500);

  private static final Map<Limit, String> CALL = Map.of(Limit.CALL, "");

  /** What a Consigne host calls limits of calls of one kind, as far as they are known here. */
  private static final Map<String, Limit> KINDS =
      Map.of("account-all-files", Limit.ALL_FILES, "account-user-info", Limit.ACCOUNT);

  /** What it calls those that hold for all calls of an account, and for none of another's. */
  private static final Set<String> OF_ACCOUNT = Set.of("key", "account");

  private final BudgetFile file;
  private final String account;
  private final Limits limits;
  private final Waiting waiting;

  /**
   * Opens a budget.
   *
   * @param file that all processes share for this host
   * @param account a name for the key that does not tell it
   * @param limits to keep, besides what the host announces
   * @param waiting the clock, and the longest wait
   */
  public Budget(Path file, String account, Limits limits, Waiting waiting) {
    this.file = new BudgetFile(file);
    this.account = account;
    this.limits = limits;
    this.waiting = waiting;
  }

  /**
   * Waits until a call that costs this may be made, and reserves it.
   *
   * @param costs limits, each with the subject that it holds for
   * @throws RefusedException if that would take longer than the longest wait; nothing is reserved
   */
  public void await(Map<Limit, String> costs) throws IOException {
    if (limits.intervals().isEmpty() && !file.exists()) {
      return;
    }
    Turn turn = reserve(costs);
    while (turn.pause().isPositive()) {
      pass(turn.pause());
      turn = turn.isWhole() ? afterLock() : reserve(CALL);
    }
  }

  private void pass(Duration wait) throws IOException {
    if (wait.compareTo(waiting.longest()) > 0) {
      throw new RefusedException(tooLong(wait));
    }
    if (wait.compareTo(SLOWEST_PACE) > 0) {
      waiting.sleep("the host's limits", wait);
    } else {
      waiting.timing().sleep(wait);
    }
  }

  /**
   * A place in the queue.
   *
   * @param pause until then
   * @param isWhole whether the place among all calls is reserved, too
   */
  private record Turn(Duration pause, boolean isWhole) {}

  private static Refusal tooLong(Duration wait) {
    return new Refusal.Flood(
        new Said(0, "the host's limits allow this again in " + wait.toSeconds() + " s"),
        Scope.ACCOUNT,
        wait);
  }

  /** Who waits long for one limit takes a place among all calls only then: nobody waits for it. */
  private Turn reserve(Map<Limit, String> costs) throws IOException {
    long now = now();
    return file.change(
        now,
        clocks -> {
          long at = Math.max(now, FloodLock.until(clocks, account));
          boolean whole = true;
          for (Map.Entry<Limit, String> cost : costs.entrySet()) {
            long free = clocks.get(name(cost));
            at = Math.max(at, free);
            whole &= cost.getKey() == Limit.CALL || free <= now;
          }
          if (at - now <= waiting.longest().toMillis()) {
            for (Map.Entry<Limit, String> cost : costs.entrySet()) {
              if (whole || cost.getKey() != Limit.CALL) {
                clocks.set(name(cost), at + interval(clocks, cost.getKey(), now));
              }
            }
          }
          return new Turn(Duration.ofMillis(at - now), whole || !costs.containsKey(Limit.CALL));
        });
  }

  /** After a wait: whether somebody has met a lock meanwhile; if so, a new place in the queue. */
  private Turn afterLock() throws IOException {
    long now = now();
    long locked = file.change(now, clocks -> FloodLock.until(clocks, account));
    return locked <= now ? new Turn(Duration.ZERO, true) : reserve(CALL);
  }

  private long interval(Clocks clocks, Limit limit, long now) {
    long plain = limits.intervals().getOrDefault(limit, Duration.ZERO).toMillis();
    if (limit != Limit.CALL) {
      return plain;
    }
    long spaced = plain * (1L + FloodLock.level(clocks, now));
    return Math.max(plain, Math.min(spaced, SLOWEST_PACE.toMillis()));
  }

  /** What a limit is called: some hold for the address, others for the account. */
  private String name(Map.Entry<Limit, String> cost) {
    return switch (cost.getKey()) {
      case CALL -> "call";
      case ACCOUNTS_OF_ADDRESS -> "accounts";
      case FOLDER -> "folder:" + account + ":" + cost.getValue();
      case ALL_FILES -> "files:" + account;
      case ACCOUNT -> "account:" + account;
    };
  }

  /**
   * The host said that it is asked too often: everybody on this machine keeps still.
   *
   * @param flood what it said
   * @throws IOException if the budget file cannot be read or written
   */
  public void flooded(Refusal.Flood flood) throws IOException {
    long now = now();
    file.change(
        now,
        clocks -> {
          FloodLock.flooded(clocks, now, flood.scope(), account, flood.retryAfter());
          return account;
        });
  }

  /**
   * {@return what is remembered of floods}
   *
   * @throws IOException if the budget file cannot be read or written
   */
  public FloodState flood() throws IOException {
    long now = now();
    return file.change(
        now,
        clocks ->
            new FloodState(
                Duration.ofMillis(Math.max(0, FloodLock.until(clocks, account) - now)),
                FloodLock.level(clocks, now)));
  }

  /**
   * The host announced that nothing is left of a limit: calls that are charged to it wait.
   *
   * @param limit its name, and for how long
   * @throws IOException if the budget file cannot be read or written
   */
  public void close(UsedUp limit) throws IOException {
    long now = now();
    file.change(
        now,
        clocks -> {
          Limit kind = KINDS.get(limit.policy());
          if (kind != null) {
            String name = name(Map.entry(kind, ""));
            clocks.set(name, Math.max(clocks.get(name), now + limit.time().toMillis()));
          } else if (!limit.isOfOneKind()) {
            FloodLock.close(clocks, now, scope(limit.policy()), account, limit.time());
          }
          return account;
        });
  }

  private static Scope scope(String policy) {
    return OF_ACCOUNT.contains(policy) ? Scope.ACCOUNT : Scope.ADDRESS;
  }

  /**
   * {@return how long the host wants no call that is charged to this limit; zero if it takes some}
   *
   * @param limit of calls that are about no folder
   * @throws IOException if the budget file cannot be read or written
   */
  public Duration closedFor(Limit limit) throws IOException {
    if (!file.exists()) {
      return Duration.ZERO;
    }
    long now = now();
    return file.change(
        now,
        clocks -> Duration.ofMillis(Math.max(0, clocks.get(name(Map.entry(limit, ""))) - now)));
  }

  private long now() {
    return waiting.timing().now().toEpochMilli();
  }
}
