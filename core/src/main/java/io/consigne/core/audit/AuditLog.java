package io.consigne.core.audit;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.KeyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds lines to the log, as a part of the transaction that does what they tell. */
public final class AuditLog {
  private AuditLog() {}

  /** Adds a line; the log of the actor's own account gets it, too, if that is another. */
  public static void add(Sql sql, Instant at, Entry entry) {
    insert(sql, at, entry.account(), entry);
    AccountId own = entry.actor().accountOrNull();
    if (own != null && !own.equals(entry.account())) {
      insert(sql, at, own, entry);
    }
  }

  private static void insert(Sql sql, Instant at, AccountId log, Entry entry) {
    Actor actor = entry.actor();
    Caller caller = actor.callerOrNull();
    sql.update(
        """
        INSERT INTO audit (account_id, at, actor, actor_id, key_id, address, client, action,
          outcome, things)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        log.value(),
        at,
        actor.kind().label(),
        number(actor.accountOrNull()),
        number(actor.keyOrNull()),
        caller == null ? null : caller.address().getHostAddress(),
        caller == null ? "" : caller.client(),
        entry.action().label(),
        entry.outcome(),
        joined(entry.things()));
  }

  private static @Nullable Long number(@Nullable AccountId account) {
    return account == null ? null : account.value();
  }

  private static @Nullable Long number(@Nullable KeyId key) {
    return key == null ? null : key.value();
  }

  /** A line for each thing; what is too much is counted. */
  private static String joined(List<String> things) {
    var text = new StringBuilder();
    int shown = 0;
    for (String thing : things) {
      if (text.length() + thing.length() > AuditLimits.DEFAULT.thingsLength()) {
        text.append("and ").append(things.size() - shown).append(" more\n");
        break;
      }
      text.append(thing.replace('\n', ' ').replace('\0', ' ')).append('\n');
      shown++;
    }
    return text.toString().stripTrailing();
  }
}
