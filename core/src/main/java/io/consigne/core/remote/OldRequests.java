package io.consigne.core.remote;

import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.jobs.Background;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets requests that have ended, after some time and when an account has too many sources, and
 * what is left of those that nobody takes on.
 */
final class OldRequests {
  private static final int BATCH = 100;
  private final Database database;
  private final RemoteRequests.Terms terms;

  OldRequests(Database database, RemoteRequests.Terms terms) {
    this.database = database;
    this.terms = terms;
  }

  /** In bounded transactions. */
  void remove() {
    pullBack();
    forgetPartials();
    Instant oldest = terms.clock().instant().minus(terms.limits().history().kept());
    int removed;
    do {
      removed = database.write(sql -> remove(sql, longAgo(sql, oldest)));
    } while (removed == BATCH && !Background.isEnding());
    for (Crowd crowd : database.read(OldRequests::crowds)) {
      removeBeyond(crowd);
    }
  }

  /** What a clock that was ahead has put off for longer than anything waits is due now. */
  private void pullBack() {
    Instant now = terms.clock().instant();
    Instant latest = now.plus(terms.limits().retries().pauses().longestAsked());
    String ahead = " FROM remote_fetches WHERE state = 'queued' AND next_at > ?";
    if (database.<Long>read(sql -> sql.number("SELECT COUNT(*)" + ahead, latest)) > 0) {
      database.change(sql ->
          sql.update(
              "UPDATE remote_fetches SET next_at = ? WHERE id IN (SELECT id" + ahead + ")",
              now,
              latest));
    }
  }

  /**
   * Nobody takes on what is of a closed account, or on a host that fetches nothing any more; but
   * what came of it takes room, maybe of another's quota. If it is taken on yet, it begins anew.
   * What is due for long since the host was off, or has much to do, goes on.
   */
  private void forgetPartials() {
    Instant due = terms.clock().instant().minus(terms.limits().retries().partialsKept());
    int forgotten;
    do {
      forgotten = database.write(sql -> forgetPartials(sql, due, terms.offered()));
    } while (forgotten == BATCH && !Background.isEnding());
  }

  private static int forgetPartials(Sql sql, Instant due, boolean offered) {
    List<Long> left =
        sql.list(
            """
            SELECT f.id FROM remote_fetches f JOIN accounts a ON a.id = f.account_id
            WHERE f.state = 'queued' AND f.partial_file IS NOT NULL AND f.next_at < ?
            """
                + (offered ? "AND a.disabled_at IS NOT NULL LIMIT ?" : "LIMIT ?"),
            row -> row.number("id"),
            due,
            BATCH);
    left.forEach(id -> Transitions.forgetPartial(sql, id));
    return left.size();
  }

  private static List<Long> longAgo(Sql sql, Instant oldest) {
    return sql.list(
        """
        SELECT id FROM remote_requests r WHERE created_at < ? AND NOT EXISTS (
          SELECT 1 FROM remote_fetches f WHERE f.request_id = r.id
            AND (f.ended_at IS NULL OR f.ended_at >= ?))
        LIMIT ?
        """,
        row -> row.number("id"),
        oldest,
        oldest,
        BATCH);
  }

  private static int remove(Sql sql, List<Long> requests) {
    for (long id : requests) {
      sql.update("DELETE FROM remote_fetches WHERE request_id = ?", id);
      sql.update("DELETE FROM remote_requests WHERE id = ?", id);
    }
    return requests.size();
  }

  private static List<Crowd> crowds(Sql sql) {
    return sql.list(
        """
        SELECT f.account_id, a.plan, COUNT(*) AS sources
        FROM remote_fetches f JOIN accounts a ON a.id = f.account_id
        GROUP BY f.account_id, a.plan
        """,
        Crowd::read);
  }

  private void removeBeyond(Crowd crowd) {
    long most =
        (long) FetchAllowance.of(crowd.plan(), terms.plans()).unfinished()
            * terms.limits().history().remembered();
    if (crowd.sources() > most) {
      List<Long> beyond = database.read(sql -> beyond(sql, crowd.account(), most));
      for (int from = 0; from < beyond.size() && !Background.isEnding(); from += BATCH) {
        List<Long> some = beyond.subList(from, Math.min(beyond.size(), from + BATCH));
        database.change(sql -> remove(sql, some.stream().filter(id -> hasEnded(sql, id)).toList()));
      }
    }
  }

  /** The ended requests that are older than those that have so many sources. */
  private static List<Long> beyond(Sql sql, long account, long most) {
    List<Sized> requests =
        sql.list(
            """
            SELECT request_id, COUNT(*) AS sources, COUNT(ended_at) AS ended
            FROM remote_fetches WHERE account_id = ? GROUP BY request_id ORDER BY request_id DESC
            """,
            Sized::read,
            account);
    var beyond = new ArrayList<Long>();
    long sources = 0;
    for (Sized request : requests) {
      sources += request.sources();
      if (sources > most && request.hasEnded()) {
        beyond.add(request.id());
      }
    }
    return beyond;
  }

  /** It may have been asked for again meanwhile. */
  private static boolean hasEnded(Sql sql, long request) {
    return sql.number(
            "SELECT COUNT(*) FROM remote_fetches WHERE request_id = ? AND ended_at IS NULL",
            request)
        == 0;
  }

  private record Crowd(long account, Plan plan, long sources) {
    static Crowd read(Row row) {
      return new Crowd(
          row.number("account_id"), Plan.valueOf(row.text("plan")), row.number("sources"));
    }
  }

  private record Sized(long id, long sources, boolean hasEnded) {
    static Sized read(Row row) {
      long sources = row.number("sources");
      return new Sized(row.number("request_id"), sources, row.number("ended") == sources);
    }
  }
}
