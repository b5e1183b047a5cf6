package io.consigne.core.remote;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.LinkId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the row of a fetch goes from one state to another, with what it has reserved: each a part of
 * its caller's transaction, which knows that the fetch is in the state before.
 */
final class Transitions {
  /** Behind what a node changes of a fetch that it runs: nothing, if the claim is void. */
  static final String VALID = " WHERE id = ? AND state = 'running' AND claim = ?";

  private static final String FORGET_PARTIAL =
      "UPDATE remote_fetches SET partial_file = NULL, partial_bytes = 0, validator = NULL";

  private Transitions() {}

  /** What waits is run by a node. */
  static void run(Sql sql, Claim claim, String node, Instant now) {
    sql.update(
        """
        UPDATE remote_fetches SET state = 'running', node = ?, claim = ?, beat_at = ?
        WHERE id = ?
        """,
        node,
        claim.number(),
        now,
        claim.id());
  }

  /**
   * What ran waits for its next try; what of it is on disk stays reserved.
   *
   * @param reasonOrNull null leaves that of the try before
   */
  static void await(
      Sql sql, long fetch, long attempts, Instant next, @Nullable String reasonOrNull) {
    Reservation.keepForPartial(sql, fetch);
    sql.update(
        """
        UPDATE remote_fetches SET state = 'queued', node = NULL, attempts = ?, next_at = ?,
          reason = COALESCE(?, reason)
        WHERE id = ?
        """,
        attempts,
        next,
        reasonOrNull,
        fetch);
  }

  /** What ran has become a file, for which its reservation was given back. */
  static void finish(Sql sql, long fetch, Made made, Instant now) {
    sql.update(
        """
        UPDATE remote_fetches SET name = ?, link = ?, bytes = ?, total_bytes = ?, headers = NULL
        WHERE id = ?
        """,
        made.name(),
        made.link().value(),
        made.bytes(),
        made.bytes(),
        fetch);
    end(sql, fetch, FetchState.DONE, "", now);
    forgetHeaders(sql, fetch);
  }

  /** Headers are kept no longer than a source may need them. */
  private static void forgetHeaders(Sql sql, long fetch) {
    sql.update(
        """
        UPDATE remote_requests SET headers = NULL
        WHERE id = (SELECT request_id FROM remote_fetches WHERE id = ?)
          AND NOT EXISTS (SELECT 1 FROM remote_fetches f
            WHERE f.request_id = remote_requests.id AND f.state <> 'done')
        """,
        fetch);
  }

  /** What ran is given up. */
  static void fail(Sql sql, long fetch, String reason, Instant now) {
    Reservation.release(sql, fetch);
    end(sql, fetch, FetchState.FAILED, reason, now);
  }

  /** What waits or runs is cancelled. */
  static void cancel(Sql sql, long fetch, Instant now) {
    Reservation.release(sql, fetch);
    end(sql, fetch, FetchState.CANCELLED, "Cancelled", now);
  }

  private static void end(Sql sql, long fetch, FetchState state, String reason, Instant now) {
    sql.update(FORGET_PARTIAL + " WHERE id = ?", fetch);
    sql.update(
        """
        UPDATE remote_fetches SET state = ?, reason = ?, node = NULL, ended_at = ? WHERE id = ?
        """,
        state.word(),
        reason,
        now,
        fetch);
  }

  /** Those of a request that failed or were cancelled wait again; returns how many. */
  static int repeat(Sql sql, long request, Instant now) {
    return sql.update(
        """
        UPDATE remote_fetches SET state = 'queued', attempts = 0, queued_at = ?, next_at = ?,
          bytes = 0, total_bytes = NULL, reason = '', ended_at = NULL
        WHERE request_id = ? AND state IN ('failed', 'cancelled')
        """,
        now,
        now,
        request);
  }

  /** What waits begins anew when it is run. */
  static void forgetPartial(Sql sql, long fetch) {
    Reservation.release(sql, fetch);
    sql.update(FORGET_PARTIAL + " WHERE id = ?", fetch);
  }

  /** What runs has begun anew. */
  static void forgetPartial(Sql sql, Claim claim) {
    sql.update(FORGET_PARTIAL + VALID, claim.id(), claim.number());
  }

  /** The file that came of a fetch. */
  record Made(String name, LinkId link, long bytes) {}
}
