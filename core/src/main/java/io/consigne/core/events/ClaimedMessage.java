package io.consigne.core.events;

import io.consigne.core.db.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of messages that somebody sends: to a webhook, or as a mail. Whoever claims it
 * has it until a time, and whoever claims it after that has it alone: what an earlier one says of
 * it changes nothing.
 *
 * @param number of the row
 * @param claim of the row; void when the row has a higher one
 */
public record ClaimedMessage(long number, long claim) {
  private static final String VALID = " WHERE id = ? AND state = 'waiting' AND claim = ?";

  /**
   * Claims it, if nobody did since its row was read.
   *
   * @param nodeOrNull who claims it, if that makes it due when it starts anew
   */
  public boolean take(Sql sql, @Nullable String nodeOrNull, Instant until) {
    return 1
        == sql.update(
            "UPDATE messages SET claim = ?, node = ?, next_at = ?" + VALID,
            claim,
            nodeOrNull,
            until,
            number,
            claim - 1);
  }

  /** It was sent. */
  public void delivered(Sql sql, Instant now, @Nullable Integer status) {
    end(sql, now, "delivered", status, "");
  }

  /** It is given up. */
  public void failed(Sql sql, Instant now, @Nullable Integer status, String reason) {
    end(sql, now, "failed", status, reason);
  }

  private void end(Sql sql, Instant now, String state, @Nullable Integer status, String reason) {
    sql.update(
        """
        UPDATE messages SET state = ?, status = ?, reason = ?, attempts = attempts + 1,
          node = NULL, ended_at = ?
        """
            + VALID,
        state,
        status,
        reason,
        now,
        number,
        claim);
  }

  /** It failed, and is tried again at {@code next}. */
  public void later(Sql sql, Instant next, @Nullable Integer status, String reason) {
    sql.update(
        """
        UPDATE messages SET status = ?, reason = ?, attempts = attempts + 1, node = NULL,
          next_at = ?
        """
            + VALID,
        status,
        reason,
        next,
        number,
        claim);
  }

  /** It was not tried, and is due at {@code next}. */
  public void untried(Sql sql, Instant next) {
    sql.update("UPDATE messages SET node = NULL, next_at = ?" + VALID, next, number, claim);
  }
}
