package io.consigne.core.events;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import java.time.Instant;

/** What is to be told, added by the transaction that does what it tells. */
public final class Outbox {
  private static final String TOO_MANY =
      "Too many messages wait; nothing more is told until less do";

  /**
   * For each webhook that wants it; where there is no room, the first in a row that is not told.
   */
  private static final String ADD =
      """
      INSERT INTO messages (account_id, webhook_id, event, at, data, next_at, claim, attempts,
        state, reason, ended_at)
      SELECT account_id, id, ?, ?, ?, ?, 0, 0,
        CASE WHEN waiting < %1$d THEN 'waiting' ELSE 'failed' END,
        CASE WHEN waiting < %1$d THEN '' ELSE '%2$s' END,
        CASE WHEN waiting < %1$d THEN NULL ELSE ? END
      FROM (
        SELECT w.account_id, w.id,
          (SELECT COUNT(*) FROM messages m
            WHERE m.webhook_id = w.id AND m.state = 'waiting') AS waiting,
          (SELECT n.reason FROM messages n WHERE n.webhook_id = w.id
            ORDER BY n.id DESC LIMIT 1) AS newest
        FROM webhooks w WHERE w.account_id = ? AND (w.events = '' OR w.events LIKE ?)) wanting
      WHERE waiting < %1$d OR newest <> '%2$s'
      """
          .formatted(EventLimits.WAITING, TOO_MANY);

  private Outbox() {}

  /**
   * Adds an event for each webhook of the account that wants its kind. Of those that are not told
   * because too many messages wait, the log has the first one in a row.
   */
  public static void add(Sql sql, Instant now, AccountId account, Event event) {
    sql.update(
        ADD,
        event.kind().word(),
        now,
        event.data(),
        now,
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
