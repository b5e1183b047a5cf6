package io.consigne.core.hooks;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.jobs.Background;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Keeps the rows of messages within their limits. */
final class MessageLog {
  private static final int BATCH = 500;

  private final Database database;
  private final InstantSource clock;
  private final HookLimits limits;

  MessageLog(Database database, InstantSource clock, HookLimits limits) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
  }

  /** Gives up what waits too long or is too much, and removes what is too old or too much. */
  void trim() {
    repeat(this::giveUpOld);
    repeat(this::giveUpMany);
    repeat(this::removeOld);
    repeat(this::removeMany);
  }

  /** In bounded transactions. */
  private void repeat(Database.Work<Integer> batch) {
    int changed;
    do {
      changed = database.write(batch);
    } while (changed == BATCH && !Background.isEnding());
  }

  /** What others stood before for all of its life, because the receiver did not answer them. */
  private int giveUpOld(Sql sql) {
    List<Long> old =
        sql.list(
            "SELECT id FROM messages WHERE ended_at IS NULL AND at < ? ORDER BY id LIMIT ?",
            row -> row.number("id"),
            clock.instant().minus(limits.retries().life()),
            BATCH);
    return giveUp(sql, old, "The receiver did not answer for too long");
  }

  private int giveUpMany(Sql sql) {
    List<Long> many =
        beyond(sql, "ended_at IS NULL", "account_id, webhook_id", limits.owned().waiting());
    return giveUp(sql, many, "Too many messages waited");
  }

  private int giveUp(Sql sql, List<Long> messages, String reason) {
    for (long id : messages) {
      sql.update(
          "UPDATE messages SET state = 'failed', reason = ?, node = NULL, ended_at = ? WHERE id ="
              + " ?",
          reason,
          clock.instant(),
          id);
    }
    return messages.size();
  }

  private int removeOld(Sql sql) {
    Instant oldest = clock.instant().minus(limits.owned().kept());
    return sql.update(
        """
        DELETE FROM messages WHERE id IN (
          SELECT id FROM messages WHERE ended_at < ? ORDER BY id LIMIT ?)
        """,
        oldest,
        BATCH);
  }

  private int removeMany(Sql sql) {
    List<Long> many = beyond(sql, "ended_at IS NOT NULL", "account_id", limits.owned().log());
    many.forEach(id -> sql.update("DELETE FROM messages WHERE id = ?", id));
    return many.size();
  }

  /** The rows that are older than so many others of the same whole. */
  private static List<Long> beyond(Sql sql, String which, String whole, int most) {
    return sql.list(
        """
        SELECT id FROM (
          SELECT id, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY id DESC) AS place
          FROM messages WHERE %s) counted
        WHERE place > ? ORDER BY id LIMIT ?
        """
            .formatted(whole, which),
        row -> row.number("id"),
        most,
        BATCH);
  }
}
