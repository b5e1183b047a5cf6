package io.consigne.core.hooks;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The messages in the database: what is due, who sends it, how it ends. */
final class MessageQueue {
  private static final String VALID = " WHERE id = ? AND state = 'waiting' AND claim = ?";

  private final Database database;
  private final InstantSource clock;
  private final HookLimits limits;
  private final String node;

  /** The queue as {@code node} sees it. */
  MessageQueue(Database database, InstantSource clock, HookLimits limits, String node) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
    this.node = node;
  }

  /** Makes due what an earlier run of this node was at. */
  void takeOver() {
    database.write(sql ->
        sql.update(
            "UPDATE messages SET node = NULL, next_at = ? WHERE node = ? AND state = 'waiting'",
            clock.instant(),
            node));
  }

  /** Claims the oldest message that is due of each webhook, but for those that are busy here. */
  List<Message> claim(int most, Set<Long> busy) {
    if (most <= 0) {
      return List.of();
    }
    Set<Long> left = Set.copyOf(busy);
    List<Message> due =
        due(most + left.size()).stream()
            .filter(message -> !left.contains(message.webhook()))
            .limit(most)
            .toList();
    return due.isEmpty() ? due : database.write(sql -> claim(sql, due));
  }

  /** The first of them: there may be as many as there are webhooks. */
  private List<Message> due(int most) {
    return database.read(sql ->
        sql.list(
            """
            SELECT m.id, m.claim + 1 AS claim, m.account_id, m.webhook_id, w.url, w.secret, m.event,
              m.at, m.data, m.attempts
            FROM messages m JOIN webhooks w ON w.id = m.webhook_id
            WHERE m.id IN (
              SELECT MIN(d.id) FROM messages d JOIN accounts a ON a.id = d.account_id
              WHERE d.state = 'waiting' AND d.next_at <= ? AND a.disabled_at IS NULL
                AND d.webhook_id IS NOT NULL
              GROUP BY d.webhook_id)
            ORDER BY m.next_at, m.id LIMIT ?
            """,
            Message::read,
            clock.instant(),
            most));
  }

  private List<Message> claim(Sql sql, List<Message> due) {
    var claimed = new ArrayList<Message>();
    Instant end = clock.instant().plus(limits.claim());
    for (Message message : due) {
      int mine =
          sql.update(
              "UPDATE messages SET claim = ?, node = ?, next_at = ?" + VALID,
              message.claim(),
              node,
              end,
              message.number(),
              message.claim() - 1);
      if (mine == 1) {
        claimed.add(message);
      }
    }
    return claimed;
  }

  /** Ends a message that was taken. */
  void delivered(Message message, int status) {
    end(message, "delivered", status, "");
  }

  /** Gives a message up. */
  void failed(Message message, @Nullable Integer status, String reason) {
    end(message, "failed", status, reason);
  }

  private void end(Message message, String state, @Nullable Integer status, String reason) {
    database.write(sql ->
        sql.update(
            """
            UPDATE messages SET state = ?, status = ?, reason = ?, attempts = attempts + 1,
              node = NULL, ended_at = ?
            """
                + VALID,
            state,
            status,
            reason,
            clock.instant(),
            message.number(),
            message.claim()));
  }

  /** Puts a message back, to be tried again at {@code next}. */
  void later(Message message, Instant next, @Nullable Integer status, String reason) {
    database.write(sql ->
        sql.update(
            """
            UPDATE messages SET status = ?, reason = ?, attempts = attempts + 1, node = NULL,
              next_at = ?
            """
                + VALID,
            status,
            reason,
            next,
            message.number(),
            message.claim()));
  }

  /** Puts a message back that was not tried. */
  void untried(Message message) {
    database.write(sql ->
        sql.update(
            "UPDATE messages SET node = NULL, next_at = ?" + VALID,
            clock.instant(),
            message.number(),
            message.claim()));
  }
}
