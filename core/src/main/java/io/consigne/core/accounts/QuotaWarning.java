package io.consigne.core.accounts;

import io.consigne.core.db.Sql;
import io.consigne.core.events.Event;
import io.consigne.core.events.EventKind;
import io.consigne.core.events.EventLimits;
import io.consigne.core.events.Outbox;
import io.consigne.core.ids.AccountId;
import java.time.Instant;
import java.util.LinkedHashMap;

/**
 * Tells an account that its files take most of its storage: with the change that crosses the line,
 * and not again before another one crosses it from below.
 */
final class QuotaWarning {
  private QuotaWarning() {}

  /** From how many bytes on accounts that are allowed so much are warned. */
  private static long line(Allowance allowed) {
    return allowed.storageBytes() / 100 * EventLimits.WARNED_PERCENT;
  }

  static boolean isNear(Allowance allowed, long usedBytes) {
    return usedBytes >= line(allowed);
  }

  static void add(Sql sql, Instant now, AccountId account, Allowance allowed, long usedBytes) {
    var members = new LinkedHashMap<String, Object>();
    members.put("used_bytes", usedBytes);
    members.put("allowed_bytes", allowed.storageBytes());
    members.put("percent", EventLimits.WARNED_PERCENT);
    Outbox.add(sql, now, account, Event.of(EventKind.QUOTA_WARNING, members));
  }
}
