package io.consigne.core.hooks;

import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.jobs.Background;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Keeps the rows of messages within their limits. It is looked for them while others write; only
 * what is found is changed alone, by its number.
 */
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
    pullBack();
    giveUpOld();
    giveUpMany();
    removeOld();
    removeMany();
  }

  /** What a clock that was ahead has put off for longer than any pause is due now. */
  private void pullBack() {
    Instant now = clock.instant();
    Instant latest = now.plus(limits.retries().longestPause()).plus(limits.sending().claim());
    each(
        sql ->
            sql.list(
                "SELECT id FROM messages WHERE state = 'waiting' AND next_at > ? LIMIT ?",
                row -> row.number("id"),
                latest,
                BATCH),
        (sql, id) ->
            sql.update(
                "UPDATE messages SET next_at = ? WHERE id = ? AND state = 'waiting'", now, id));
  }

  /** In bounded transactions. */
  private void each(Database.Work<List<Long>> which, Change change) {
    List<Long> found;
    do {
      found = database.read(which);
      if (!found.isEmpty()) {
        write(found, change);
      }
    } while (found.size() == BATCH && !Background.isEnding());
  }

  private void write(List<Long> found, Change change) {
    database.change(sql -> {
      found.forEach(id -> change.make(sql, id));
    });
  }

  /**
   * What was tried for long, or never came to its first try: others stood before it all the time,
   * or the host was off. A closed account is told when it is open again.
   */
  private void giveUpOld() {
    Instant oldest = clock.instant().minus(limits.retries().life());
    each(
        sql ->
            sql.list(
                """
                SELECT m.id FROM messages m JOIN accounts a ON a.id = m.account_id
                WHERE m.state = 'waiting' AND m.at < ? AND a.disabled_at IS NULL
                ORDER BY m.id LIMIT ?
                """,
                row -> row.number("id"),
                oldest,
                BATCH),
        (sql, id) -> giveUp(sql, id, "It was not taken in time"));
  }

  private void giveUpMany() {
    for (Whole whole : database.read(this::manyWaiting)) {
      each(
          sql -> whole.beyond(sql, "state = 'waiting'", limits.owned().waiting()),
          (sql, id) -> giveUp(sql, id, "Too many messages waited"));
    }
  }

  private List<Whole> manyWaiting(Sql sql) {
    return sql.list(
        """
        SELECT account_id, webhook_id FROM messages WHERE state = 'waiting'
        GROUP BY account_id, webhook_id HAVING COUNT(*) > ?
        """,
        Whole::ofReceiver,
        limits.owned().waiting());
  }

  private void giveUp(Sql sql, long id, String reason) {
    sql.update(
        """
        UPDATE messages SET state = 'failed', reason = ?, node = NULL, ended_at = ?
        WHERE id = ? AND state = 'waiting'
        """,
        reason,
        clock.instant(),
        id);
  }

  private void removeOld() {
    Instant oldest = clock.instant().minus(limits.owned().kept());
    each(
        sql ->
            sql.list(
                "SELECT id FROM messages WHERE ended_at < ? ORDER BY id LIMIT ?",
                row -> row.number("id"),
                oldest,
                BATCH),
        MessageLog::remove);
  }

  private void removeMany() {
    for (Whole whole : database.read(this::manyEnded)) {
      each(
          sql -> whole.beyond(sql, "ended_at IS NOT NULL", limits.owned().log()),
          MessageLog::remove);
    }
  }

  private List<Whole> manyEnded(Sql sql) {
    return sql.list(
        """
        SELECT account_id FROM messages WHERE ended_at IS NOT NULL
        GROUP BY account_id HAVING COUNT(*) > ?
        """,
        Whole::ofAccount,
        limits.owned().log());
  }

  private static void remove(Sql sql, long id) {
    sql.update("DELETE FROM messages WHERE id = ?", id);
  }

  /** What is done to a message. */
  @FunctionalInterface
  private interface Change {
    void make(Sql sql, long id);
  }

  /**
   * What is counted together.
   *
   * @param rows which ones they are, with one argument
   * @param argument what it is
   */
  private record Whole(String rows, long argument) {
    static Whole ofAccount(Row row) {
      return new Whole("account_id = ?", row.number("account_id"));
    }

    /** Mails are to no webhook. */
    static Whole ofReceiver(Row row) {
      Long webhook = row.numberOrNull("webhook_id");
      return webhook == null
          ? new Whole("webhook_id IS NULL AND account_id = ?", row.number("account_id"))
          : new Whole("webhook_id = ?", webhook);
    }

    /** Those that are older than so many others, the oldest first. */
    List<Long> beyond(Sql sql, String which, int most) {
      String these = "SELECT id FROM messages WHERE " + rows + " AND " + which;
      return sql.list(
          these
              + " AND id <= ("
              + these
              + " ORDER BY id DESC LIMIT 1 OFFSET ?) ORDER BY id LIMIT ?",
          row -> row.number("id"),
          argument,
          argument,
          most,
          BATCH);
    }
  }
}
