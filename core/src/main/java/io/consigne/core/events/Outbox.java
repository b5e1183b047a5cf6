package io.consigne.core.events;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import java.time.Instant;

/** What is to be told, added by the transaction that does what it tells. */
public final class Outbox {
  private Outbox() {}

  /** Adds an event for each webhook of the account that wants its kind. */
  public static void add(Sql sql, Instant now, AccountId account, Event event) {
    sql.update(
        """
        INSERT INTO messages (account_id, webhook_id, event, at, data, state, claim, attempts,
          next_at, reason)
        SELECT account_id, id, ?, ?, ?, 'waiting', 0, 0, ?, '' FROM webhooks
        WHERE account_id = ? AND (events = '' OR events LIKE ?)
        """,
        event.kind().word(),
        now,
        event.data(),
        now,
        account.value(),
        "% " + event.kind().word() + " %");
  }

  /** Adds an event for one webhook, whatever it wants. */
  public static long addFor(Sql sql, Instant now, AccountId account, long webhook, Event event) {
    return sql.number(
        """
        INSERT INTO messages (account_id, webhook_id, event, at, data, state, claim, attempts,
          next_at, reason)
        VALUES (?, ?, ?, ?, ?, 'waiting', 0, 0, ?, '') RETURNING id
        """,
        account.value(),
        webhook,
        event.kind().word(),
        now,
        event.data(),
        now);
  }
}
