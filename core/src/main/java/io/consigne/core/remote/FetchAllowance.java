package io.consigne.core.remote;

import io.consigne.core.accounts.Plan;
import io.consigne.core.limits.LimitPolicy;

/**
 * What a plan allows of remote uploads: the one table of it. How large a file may be is the plan's
 * own, as for every upload.
 *
 * @param atOnce how many fetches of an account run at the same time
 * @param unfinished how many of its fetches may be queued or running
 */
record FetchAllowance(int atOnce, int unfinished) {
  private static final FetchAllowance UNLIMITED = new FetchAllowance(Integer.MAX_VALUE, 100_000);

  /** The plan's allowance; if the host has no limits, one that hardly bounds anything. */
  static FetchAllowance of(Plan plan, LimitPolicy policy) {
    return policy.tableOrNull() == null ? UNLIMITED : of(plan);
  }

  /** The plan's row of the table. */
  static FetchAllowance of(Plan plan) {
    return switch (plan) {
      case GUEST -> new FetchAllowance(0, 0);
      case FREE -> new FetchAllowance(1, 500);
      case ACCESS -> new FetchAllowance(3, 2_000);
      case PREMIUM -> new FetchAllowance(5, 5_000);
      case GOLD -> new FetchAllowance(10, 10_000);
    };
  }
}
