package io.consigne.core.remote;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.tree.Confinement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of requests and their fetches, as their account sees them. */
final class RequestRows {
  private static final String SEEN =
      """
      SELECT r.id, r.folder_id, r.created_at, MAX(f.ended_at) AS ended_at,
        COUNT(CASE WHEN f.ended_at IS NULL THEN 1 END) AS unfinished
      FROM remote_requests r JOIN remote_fetches f ON f.request_id = r.id WHERE r.account_id = ?
      """;

  /** In the order of {@link Requester#values}. */
  private static final String ADD =
      """
      INSERT INTO remote_requests (account_id, folder_id, headers, created_at, key_id, key_epoch,
        key_master, rights, root_id, address, client)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
      """;

  /** In the order of {@link Requester#values}. */
  private static final String TAKE_ON =
      """
      UPDATE remote_requests SET key_id = ?, key_epoch = ?, key_master = ?, rights = ?,
        root_id = ?, address = ?, client = ?
      WHERE id = ?
      """;

  private static final String GROUPED = " GROUP BY r.id, r.folder_id, r.created_at";

  private RequestRows() {}

  /** How many fetches of an account have not ended. */
  static long unfinished(Sql sql, AccountId account) {
    return sql.number(
        """
        SELECT COUNT(*) FROM remote_fetches
        WHERE account_id = ? AND state IN ('queued', 'running')
        """,
        account.value());
  }

  /** How many sources of an account ended within it that nobody tried: refused, or cancelled. */
  static long untried(Sql sql, AccountId account, Period period) {
    return sql.number(
        """
        SELECT COUNT(*) FROM remote_fetches
        WHERE account_id = ? AND state IN ('failed', 'cancelled') AND claim = 0
          AND ended_at > ? AND ended_at <= ?
        """,
        account.value(),
        period.since(),
        period.now());
  }

  /** Notes that so many fetches of a request are asked for again. */
  static void countRetries(Sql sql, long request, long more, Period period) {
    sql.update(
        """
        UPDATE remote_requests SET
          retries = ? + CASE WHEN retries_since > ? AND retries_since <= ? THEN retries ELSE 0 END,
          retries_since = CASE WHEN retries_since > ? AND retries_since <= ? THEN retries_since
            ELSE ? END
        WHERE id = ?
        """,
        more,
        period.since(),
        period.now(),
        period.since(),
        period.now(),
        period.now(),
        request);
  }

  /** How many fetches of an account were asked for again within it. */
  static long retried(Sql sql, AccountId account, Period period) {
    return sql.number(
        """
        SELECT COALESCE(SUM(retries), 0) FROM remote_requests
        WHERE account_id = ? AND retries_since > ? AND retries_since <= ?
        """,
        account.value(),
        period.since(),
        period.now());
  }

  /** How many fetches of a request can be asked for again. */
  static long repeatable(Sql sql, long request) {
    return sql.number(
        """
        SELECT COUNT(*) FROM remote_fetches
        WHERE request_id = ? AND state IN ('failed', 'cancelled')
        """,
        request);
  }

  /** Adds a request with all its fetches; those that are refused have failed. */
  static long add(Sql sql, Access access, SealedWish wish, FolderId folder, Instant now) {
    long request = addRequest(sql, access, wish.headers(), folder, now);
    int position = 0;
    for (SealedWish.Source source : wish.sources()) {
      LinkId copied = source.copiedOrNull();
      String refusal = source.refusalOrNull();
      sql.update(
          """
          INSERT INTO remote_fetches (request_id, account_id, position, source, copied_link,
            headers, state, reason, ended_at, queued_at, next_at, claim, attempts, bytes,
            reserved_bytes, partial_bytes, partial_sum, name)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, '')
          """,
          request,
          access.account().value(),
          position++,
          source.sealed(),
          copied == null ? null : copied.value(),
          source.headersOrNull(),
          (refusal == null ? FetchState.QUEUED : FetchState.FAILED).word(),
          refusal == null ? "" : refusal,
          refusal == null ? null : now,
          now,
          now);
    }
    return request;
  }

  /** The numbers of those fetches of a request that have failed. */
  static List<Long> failed(Sql sql, long request) {
    return sql.list(
        """
        SELECT id FROM remote_fetches WHERE request_id = ? AND state = 'failed' ORDER BY position
        """,
        row -> row.number("id"),
        request);
  }

  private static long addRequest(
      Sql sql, Access access, @Nullable String headers, FolderId folder, Instant now) {
    var values = new ArrayList<@Nullable Object>();
    values.add(access.account().value());
    values.add(folder.value());
    values.add(headers);
    values.add(now);
    values.addAll(Requester.values(access));
    return sql.number(ADD, values.toArray());
  }

  /** From now on it counts as asked for by this caller. */
  static void takeOn(Sql sql, Access access, long request) {
    List<@Nullable Object> values = Requester.values(access);
    values.add(request);
    sql.update(TAKE_ON, values.toArray());
  }

  /** Whether the caller's key made a request, and nobody has asked again for what it names. */
  static boolean isAskedBy(Sql sql, Access access, long request) {
    return sql.number(
            "SELECT COUNT(*) FROM remote_requests WHERE id = ? AND key_id = ? AND retries = 0",
            request,
            access.key().map(key -> key.value()).orElse(null))
        == 1;
  }

  /** The requests that the caller sees, newest first, at most {@code most} of its account. */
  static List<RequestInfo> list(Sql sql, Access access, int most) {
    boolean confined = Confinement.isConfined(sql, access);
    return sql
        .list(
            SEEN + GROUPED + " ORDER BY r.id DESC LIMIT ?",
            Seen::read,
            access.account().value(),
            most)
        .stream()
        .filter(seen -> !confined || Confinement.isWithin(sql, seen.folder(), access.root()))
        .map(Seen::info)
        .toList();
  }

  /** A request, if the caller sees it. */
  static Optional<RequestInfo> find(Sql sql, Access access, long request) {
    return sql.first(
            SEEN + " AND r.id = ?" + GROUPED, Seen::read, access.account().value(), request)
        .filter(seen ->
            !Confinement.isConfined(sql, access)
                || Confinement.isWithin(sql, seen.folder(), access.root()))
        .map(Seen::info);
  }

  /** The fetches of a request in order, each with its number; their sources are sealed. */
  static List<Numbered> fetches(Sql sql, long request) {
    return sql.list(
        """
        SELECT id, source, state, name, bytes, total_bytes, attempts, next_at, link, reason
        FROM remote_fetches WHERE request_id = ? ORDER BY position
        """,
        row -> new Numbered(row.number("id"), info(row)),
        request);
  }

  private static FetchInfo info(Row row) {
    FetchState state = FetchState.of(row.text("state"));
    String link = row.textOrNull("link");
    long attempts = row.number("attempts");
    String reason = row.text("reason");
    return new FetchInfo(
        row.text("source"),
        state,
        row.text("name"),
        row.number("bytes"),
        row.numberOrNull("total_bytes"),
        0,
        attempts,
        state == FetchState.QUEUED && (attempts > 0 || !reason.isEmpty())
            ? row.instant("next_at")
            : null,
        link == null ? null : new LinkId(link),
        reason);
  }

  private record Seen(RequestInfo info, FolderId folder) {
    static Seen read(Row row) {
      @Nullable Instant ended = row.number("unfinished") > 0 ? null : row.instantOrNull("ended_at");
      return new Seen(
          new RequestInfo(row.number("id"), row.instant("created_at"), ended),
          new FolderId(row.number("folder_id")));
    }
  }

  /**
   * The time that has just passed. What a clock that was ahead noted is not within it, or it would
   * count until that time has come.
   */
  record Period(Instant since, Instant now) {}

  /** A fetch with its number. */
  record Numbered(long id, FetchInfo info) {}
}
