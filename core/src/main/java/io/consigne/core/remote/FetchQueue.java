package io.consigne.core.remote;

import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Standing;
import io.consigne.core.accounts.Usage;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.events.Outbox;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.tree.RoomLeft;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The queue of fetches in the database: who may run what, and who is told how it ended. */
final class FetchQueue {
  private final Database database;
  private final InstantSource clock;
  private final LimitPolicy policy;
  private final String node;
  private final boolean mailed;

  /** The store files that fetches of this run were to go on with, until they are found stale. */
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

  /**
   * The queue as {@code node} sees it.
   *
   * @param mailed whether requests are reported by mail
   */
  FetchQueue(
      Database database, InstantSource clock, LimitPolicy policy, String node, boolean mailed) {
    this.database = database;
    this.clock = clock;
    this.policy = policy;
    this.node = node;
    this.mailed = mailed;
  }

  /**
   * Queues again what an earlier run of this node was at, as after a failed try: the fetch may be
   * what ended it.
   *
   * @param pause how long it waits after so many tries in a row
   */
  int takeOver(LongFunction<Duration> pause) {
    noted.addAll(partials());
    return database.write(sql -> requeue(sql, pause, "node = ?", node));
  }

  /** Queues again, as after a failed try, what a node was at that was silent for so long. */
  int takeOverSilent(Duration silence, LongFunction<Duration> pause) {
    Instant since = clock.instant().minus(silence);
    boolean any =
        database.<Boolean>read(sql ->
            sql.number(
                    "SELECT COUNT(*) FROM remote_fetches WHERE state = 'running' AND beat_at < ?",
                    since)
                > 0);
    return any ? database.write(sql -> requeue(sql, pause, "beat_at < ?", since)) : 0;
  }

  private int requeue(Sql sql, LongFunction<Duration> pause, String which, Object argument) {
    List<Lost> lost =
        sql.list(
            "SELECT id, attempts FROM remote_fetches WHERE state = 'running' AND " + which,
            row -> new Lost(row.number("id"), row.number("attempts") + 1),
            argument);
    for (Lost fetch : lost) {
      Instant next = clock.instant().plus(pause.apply(fetch.attempts()));
      Transitions.await(sql, fetch.id(), fetch.attempts(), next, null);
    }
    return lost.size();
  }

  /** When the next fetch is due; empty if none waits. */
  Optional<Instant> nextDue() {
    return database.read(sql ->
        sql.first(
            "SELECT next_at FROM remote_fetches WHERE state = 'queued' ORDER BY next_at LIMIT 1",
            row -> row.instant("next_at")));
  }

  /** Takes on up to {@code most} fetches that are due, of those accounts first that run least. */
  List<Claim> claim(int most) {
    return database.write(sql -> {
      var claims = new ArrayList<Claim>();
      int before;
      do {
        before = claims.size();
        share(sql, claims, most);
      } while (claims.size() > before && claims.size() < most);
      return claims;
    });
  }

  /** Gives each account that waits an equal share of what is free. */
  private void share(Sql sql, List<Claim> claims, int most) {
    List<Waiting> accounts = waiting(sql);
    for (int i = 0; i < accounts.size() && claims.size() < most; i++) {
      int share = Math.max(1, (most - claims.size()) / (accounts.size() - i));
      claims.addAll(claim(sql, accounts.get(i), share));
    }
  }

  /** Whether an account that runs nothing, though it might, has a fetch that is due. */
  boolean isAnybodyLeftOut() {
    return database.<Boolean>read(sql ->
        waiting(sql).stream().anyMatch(account -> account.busy() == 0 && account.free() > 0));
  }

  /** Those with something due. Goes from one account to the next, however much each has waiting. */
  private List<Waiting> waiting(Sql sql) {
    return sql.list(
        """
        WITH RECURSIVE queued (account_id) AS (
          SELECT MIN(account_id) FROM remote_fetches WHERE state = 'queued'
          UNION ALL
          SELECT (SELECT MIN(f.account_id) FROM remote_fetches f
            WHERE f.state = 'queued' AND f.account_id > queued.account_id)
          FROM queued WHERE queued.account_id IS NOT NULL)
        SELECT q.account_id, a.plan, (SELECT COUNT(*) FROM remote_fetches r
          WHERE r.account_id = q.account_id AND r.state = 'running') AS busy
        FROM queued q JOIN accounts a ON a.id = q.account_id
        WHERE a.disabled_at IS NULL AND (SELECT MIN(f.next_at) FROM remote_fetches f
          WHERE f.state = 'queued' AND f.account_id = q.account_id) <= ?
        ORDER BY busy, q.account_id
        """,
        row ->
            new Waiting(
                row.number("account_id"),
                row.number("busy"),
                FetchAllowance.of(Plan.valueOf(row.text("plan")), policy).atOnce()
                    - row.number("busy")),
        clock.instant());
  }

  private List<Claim> claim(Sql sql, Waiting account, int share) {
    List<Claim> claims =
        sql.list(
            "SELECT f.id, f.claim, f.source, f.copied_link, f.attempts, f.partial_file,"
                + " f.partial_bytes, f.partial_sum, f.validator, f.name, f.total_bytes,"
                + " r.folder_id, COALESCE(f.headers, r.headers) AS headers, f.request_id,"
                + Requester.COLUMNS
                + """
                FROM remote_fetches f JOIN remote_requests r ON r.id = f.request_id
                  JOIN accounts a ON a.id = r.account_id
                WHERE f.account_id = ? AND f.state = 'queued' AND f.next_at <= ?
                ORDER BY f.next_at, f.id LIMIT ?
                """,
            Claim::read,
            account.id(),
            clock.instant(),
            Math.clamp(account.free(), 0, share));
    claims.forEach(claim -> Transitions.run(sql, claim, node, clock.instant()));
    return claims;
  }

  /** Says that these are run, and how far they are; returns those whose claim is void. */
  Set<Claim> beat(List<Beat> beats) {
    return beats.isEmpty() ? Set.of() : database.write(sql -> beat(sql, beats));
  }

  private Set<Claim> beat(Sql sql, List<Beat> beats) {
    var dead = new HashSet<Claim>();
    for (Beat beat : beats) {
      FetchProgress progress = beat.progress();
      int alive =
          sql.update(
              "UPDATE remote_fetches SET beat_at = ?, bytes = ?, total_bytes = ?, name = ?"
                  + Transitions.VALID,
              clock.instant(),
              progress.bytes(),
              orNull(progress.total()),
              progress.name(),
              beat.claim().id(),
              beat.claim().number());
      if (alive == 0) {
        dead.add(beat.claim());
      }
    }
    return dead;
  }

  /**
   * Reserves so many bytes in all of the owner's quota, in place of what was reserved before, of
   * this owner or of another.
   *
   * @throws io.consigne.core.failure.FailureException {@code QuotaExceeded}, {@code TooManyItems};
   *     {@code Conflict} if the claim is void
   */
  void reserve(Sql sql, Claim claim, AccountId owner, long bytes) {
    Reservation.release(sql, claim.id());
    int alive =
        sql.update(
            "UPDATE remote_fetches SET reserved_bytes = ?, owner_id = ?" + Transitions.VALID,
            bytes,
            owner.value(),
            claim.id(),
            claim.number());
    requireValid(alive);
    RoomLeft.charged(
        sql,
        claim.access(),
        owner,
        () -> {
          Usage.reserve(sql, owner, bytes);
          return owner;
        });
  }

  /** Notes how long the file is that a running fetch brings, as its source says. */
  void announce(Sql sql, Claim claim, long length) {
    sql.update(
        "UPDATE remote_fetches SET total_bytes = ?" + Transitions.VALID,
        length,
        claim.id(),
        claim.number());
  }

  /**
   * How much other running fetches of the same account will still bring that is to be that owner's,
   * as their sources say, beyond what is reserved for them.
   */
  long yetToCome(Sql sql, Claim claim, AccountId owner) {
    return sql.number(
        """
        SELECT COALESCE(SUM(total_bytes - reserved_bytes), 0) FROM remote_fetches
        WHERE account_id = ? AND state = 'running' AND owner_id = ? AND id <> ?
          AND total_bytes > reserved_bytes
        """,
        claim.access().account().value(),
        owner.value(),
        claim.id());
  }

  /** Notes what of the file is on disk for sure: something that the tries in a row brought. */
  void checkpoint(Claim claim, Claim.Partial partial) {
    int alive =
        database.write(sql ->
            sql.update(
                """
                UPDATE remote_fetches SET partial_file = ?, partial_bytes = ?, partial_sum = ?,
                  validator = ?, name = ?, total_bytes = ?, attempts = 0
                """
                    + Transitions.VALID,
                partial.checkpoint().storeFile(),
                partial.checkpoint().bytes(),
                partial.sum(),
                partial.validator(),
                partial.name(),
                orNull(partial.length()),
                claim.id(),
                claim.number()));
    requireValid(alive);
    noted.add(partial.checkpoint().storeFile());
  }

  private static @Nullable Long orNull(OptionalLong length) {
    return length.isEmpty() ? null : length.getAsLong();
  }

  /** Forgets what came of the file so far. */
  void forgetPartial(Claim claim) {
    database.change(sql -> {
      Transitions.forgetPartial(sql, claim);
    });
  }

  /**
   * Refuses who asked if its key or account ended since.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAuthenticated}
   */
  void requireStanding(Sql sql, Claim claim) {
    Standing.require(sql, claim.access(), clock.instant());
  }

  /** Begins to end a claim: gives its reservation back, so that what came can be charged. */
  void settle(Sql sql, Claim claim) {
    requireValid(sql, claim);
    Reservation.release(sql, claim.id());
  }

  private static void requireValid(Sql sql, Claim claim) {
    requireValid(
        sql.update(
            "UPDATE remote_fetches SET node = NULL" + Transitions.VALID,
            claim.id(),
            claim.number()));
  }

  private static void requireValid(int rows) {
    if (rows == 0) {
      throw new Failure.Conflict("This fetch was cancelled, or is run by another node")
          .asException();
    }
  }

  /** Enters what came of a fetch, as a part of the transaction that enters the file. */
  void done(Sql sql, Claim claim, Transitions.Made made) {
    Transitions.finish(sql, claim.id(), made, clock.instant());
    ended(sql, claim);
  }

  /** Gives a fetch up. */
  void failed(Claim claim, String reason) {
    database.change(sql -> {
      requireValid(sql, claim);
      Transitions.fail(sql, claim.id(), reason, clock.instant());
      ended(sql, claim);
    });
  }

  private void ended(Sql sql, Claim claim) {
    FetchEvent.of(sql, claim.id())
        .ifPresent(event -> Outbox.add(sql, clock.instant(), claim.access().account(), event));
    if (mailed) {
      MailedReports.add(sql, clock.instant(), claim.request());
    }
  }

  /** Puts a fetch back, to be tried again at {@code next}. */
  void later(Claim claim, long attempts, Instant next, String reason) {
    database.change(sql -> {
      requireValid(sql, claim);
      Transitions.await(sql, claim.id(), attempts, next, reason);
    });
  }

  /** The store files that unfinished fetches go on with. */
  Set<String> partials() {
    return new HashSet<>(
        database.read(sql ->
            sql.list(
                """
                SELECT partial_file FROM remote_fetches
                WHERE partial_file IS NOT NULL AND state IN ('queued', 'running')
                """,
                row -> row.text("partial_file"))));
  }

  /**
   * The store files of this run with which no fetch goes on any more; each is told until it is
   * {@linkplain #forget forgotten}.
   */
  Set<String> stale() {
    var stale = new HashSet<>(noted);
    if (!stale.isEmpty()) {
      stale.removeAll(partials());
    }
    return stale;
  }

  /** Says that a store file is gone. */
  void forget(String storeFile) {
    noted.remove(storeFile);
  }

  private record Lost(long id, long attempts) {}

  private record Waiting(long id, long busy, long free) {}

  /** A running fetch and how far it is. */
  record Beat(Claim claim, FetchProgress progress) {}
}
