package io.consigne.core.limits;

import static io.consigne.core.limits.TransferLimits.UNLIMITED;

import io.consigne.core.accounts.Plan;
import java.time.Duration;
import java.util.Map;

/**
 * The one table of limits.
 *
 * @param plans those of each plan
 * @param address calls with a key from one address: an office has one for all
 * @param open pages, and calls that need no key, from one address
 * @param nowhere requests for what is not there, from one address: apart, so that one device whose
 *     downloads have ended is in nobody's way at its address
 * @param strangers calls from one address with a key or password that nobody has
 */
public record LimitTable(
    Map<Plan, PlanLimits> plans,
    CallRate address,
    CallRate open,
    CallRate nowhere,
    CallRate strangers) {
  private static final CallRate CALLS = CallRate.perSecond(3, 30);
  private static final CallRate ALL_KEYS = CallRate.perSecond(6, 60);
  private static final CallRate USER_INFO = CallRate.every(Duration.ofMinutes(5), 5);
  private static final CallRate ALL_FILES = CallRate.every(Duration.ofHours(1), 2);
  private static final CallRate TRANSFERS = CallRate.perSecond(3, 60);
  private static final long GB = 1_000_000_000;

  /**
   * What holds unless the operator switches limits off. 1fichier documents 3 calls a second, {@code
   * user/info} once in 5 minutes, all files once an hour, 30 connections of a customer and one
   * download at a time of everybody else (reference: 1fichier-api, sections 1.2 and 13.4). What may
   * come at once is ours: an rclone that begins makes calls faster than it goes on. All guests
   * share the places for files of one account: at one address 50,000 files a day are uploaded at
   * most.
   */
  public static final LimitTable DEFAULT =
      new LimitTable(
          Map.of(
              Plan.GUEST,
              free(
                  new TransferLimits(2, 2, 50 * GB, 10_000_000, 1_000_000),
                  new TransferLimits(1, 4, 50 * GB, 5_000_000)),
              Plan.FREE,
              free(
                  new TransferLimits(8, 8, 200 * GB, UNLIMITED),
                  new TransferLimits(1, 4, 100 * GB, 10_000_000)),
              Plan.ACCESS,
              paying(),
              Plan.PREMIUM,
              paying(),
              Plan.GOLD,
              paying()),
          CallRate.perSecond(12, 120),
          CallRate.perSecond(3, 30),
          CallRate.perSecond(3, 30),
          CallRate.perSecond(1, 20));

  /** Copies the map. */
  public LimitTable {
    plans = Map.copyOf(plans);
    if (plans.size() != Plan.values().length) {
      throw new IllegalArgumentException("a plan has no limits: " + plans.keySet());
    }
  }

  private static PlanLimits free(TransferLimits up, TransferLimits down) {
    return new PlanLimits(CALLS, ALL_KEYS, USER_INFO, ALL_FILES, TRANSFERS, TRANSFERS, up, down);
  }

  private static PlanLimits paying() {
    return free(TransferLimits.atOnce(30), TransferLimits.atOnce(30));
  }

  /** The limits of a plan. */
  public PlanLimits of(Plan plan) {
    PlanLimits limits = plans.get(plan);
    if (limits == null) {
      throw new IllegalStateException("no limits of " + plan);
    }
    return limits;
  }
}
