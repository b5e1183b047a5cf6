package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.Entry;
import io.consigne.core.failure.Failure;
import java.util.List;

/** Tells the audit log of the caller's account what the caller was refused. */
final class RefusedCalls {
  private final Audit audit;

  RefusedCalls(Audit audit) {
    this.audit = audit;
  }

  /**
   * Notes a refusal, if it is one of the caller: a mistyped or impossible request is none.
   *
   * @param call the path that was called
   * @param things what the request named
   */
  void note(Access access, String call, List<String> things, Failure failure) {
    boolean refused =
        failure instanceof Failure.NotAllowed
            || failure instanceof Failure.NotFound
            || failure instanceof Failure.PlanLacks
            || failure instanceof Failure.NotAuthenticated;
    if (refused) {
      String outcome = call + ": " + failure.message();
      audit.note(new Entry(access.account(), access.actor(), Action.CALL, outcome, things));
    }
  }
}
