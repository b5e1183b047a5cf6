package io.consigne.core.limits;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.ids.AccountId;
import java.net.InetAddress;

/** To whom uploads, downloads and special calls are charged, and what its plan is. */
public record Payer(Subject subject, Plan plan) {
  /** The account of a known caller. */
  public static Payer of(Access access) {
    return of(access.account(), access.plan());
  }

  /** An account. */
  public static Payer of(AccountId account, Plan plan) {
    return new Payer(new Subject.OfAccount(account), plan);
  }

  /** Whoever is at an address without an account. */
  public static Payer guest(InetAddress address) {
    return new Payer(Subject.Network.of(address), Plan.GUEST);
  }
}
