package io.consigne.core.hooks;

import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The messages in the database: what is due, who sends it, how it ends. */
final class MessageQueue {
  /** The webhooks for which messages wait, and the newest of them. */
  private static final String WAITED_FOR =
      """
      SELECT id, newest FROM (
        SELECT w.id, (SELECT MAX(m.id) FROM messages m
          WHERE m.webhook_id = w.id AND m.state = 'waiting') AS newest
        FROM webhooks w JOIN accounts a ON a.id = w.account_id
        WHERE a.disabled_at IS NULL) waited
      WHERE newest IS NOT NULL
      """;

  /** The oldest message of a webhook that is due. */
  static final String FIRST =
      """
      SELECT id, account_id, webhook_id, next_at FROM messages
      WHERE webhook_id = ? AND state = 'waiting' AND next_at <= ? ORDER BY id LIMIT 1
      """;

  /** When the next message of a webhook is due. */
  private static final String NEXT =
      "SELECT MIN(next_at) AS next FROM messages WHERE webhook_id = ? AND state = 'waiting'";

  private final Database database;
  private final InstantSource clock;
  private final HookLimits limits;
  private final String node;
  private final Lulls lulls = new Lulls();

  /** The queue as {@code node} sees it. */
  MessageQueue(Database database, InstantSource clock, HookLimits limits, String node) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
    this.node = node;
  }

  /** Makes due what an earlier run of this node was at. */
  void takeOver() {
    database.change(sql ->
        sql.update(
            "UPDATE messages SET node = NULL, next_at = ? WHERE node = ? AND state = 'waiting'",
            clock.instant(),
            node));
  }

  /**
   * Claims the oldest message that is due of each webhook, of those accounts first that have fewest
   * under way.
   *
   * @param busy the webhooks that are told something here, and whose they are
   * @param resting webhooks that are not to be told anything yet
   */
  List<Message> claim(int most, Map<Long, AccountId> busy, Set<Long> resting) {
    if (most <= 0) {
      return List.of();
    }
    Map<Long, AccountId> underWay = Map.copyOf(busy);
    List<Due> due =
        database.read(sql ->
            due(sql, webhook -> !underWay.containsKey(webhook) && !resting.contains(webhook)));
    List<Due> fair = fair(due, underWay.values(), most);
    return fair.isEmpty() ? List.of() : database.write(sql -> claim(sql, fair));
  }

  /** The first of each webhook, the longest due first; of others no message is looked at. */
  private List<Due> due(Sql sql, LongPredicate which) {
    List<Waited> waited = sql.list(WAITED_FOR, Waited::read);
    lulls.keep(waited.stream().map(Waited::webhook).toList());
    return waited.stream()
        .filter(one -> which.test(one.webhook()))
        .flatMap(one -> first(sql, one).stream())
        .sorted(Comparator.comparing(Due::next).thenComparingLong(Due::id))
        .toList();
  }

  private Optional<Due> first(Sql sql, Waited waited) {
    Instant now = clock.instant();
    long webhook = waited.webhook();
    if (lulls.lasts(webhook, waited.newest(), now)) {
      return Optional.empty();
    }
    Optional<Due> first = sql.first(FIRST, Due::read, webhook, now);
    if (first.isPresent()) {
      lulls.end(webhook);
    } else {
      sql.first(NEXT, row -> row.instant("next"), webhook)
          .ifPresent(next -> lulls.begin(webhook, waited.newest(), now, next));
    }
    return first;
  }

  /** No account has its next turn before another had as many. */
  private static List<Due> fair(List<Due> due, Collection<AccountId> underWay, int most) {
    var turns = new HashMap<AccountId, Integer>();
    underWay.forEach(account -> turns.merge(account, 1, Integer::sum));
    record Turn(Due message, int number) {}
    return due.stream()
        .map(message -> new Turn(message, turns.merge(message.account(), 1, Integer::sum)))
        .sorted(Comparator.comparingInt(Turn::number))
        .limit(most)
        .map(Turn::message)
        .toList();
  }

  private List<Message> claim(Sql sql, List<Due> due) {
    var claimed = new ArrayList<Message>();
    for (Due one : due) {
      waiting(sql, one).filter(message -> claim(sql, message)).ifPresent(claimed::add);
    }
    return claimed;
  }

  private Optional<Message> waiting(Sql sql, Due due) {
    return sql.first(
        """
        SELECT m.id, m.claim + 1 AS claim, m.account_id, m.webhook_id, w.url, w.secret, m.event,
          m.at, m.data, m.attempts
        FROM messages m JOIN webhooks w ON w.id = m.webhook_id
        WHERE m.id = ? AND m.state = 'waiting' AND m.next_at <= ?
        """,
        Message::read,
        due.id(),
        clock.instant());
  }

  private boolean claim(Sql sql, Message message) {
    return message.row().take(sql, node, clock.instant().plus(limits.sending().claim()));
  }

  /** Ends a message that was taken. */
  void delivered(Message message, int status) {
    database.change(sql -> message.row().delivered(sql, clock.instant(), status));
  }

  /** Gives a message up. */
  void failed(Message message, @Nullable Integer status, String reason) {
    database.change(sql -> message.row().failed(sql, clock.instant(), status, reason));
  }

  /** Puts a message back, to be tried again at {@code next}. */
  void later(Message message, Instant next, @Nullable Integer status, String reason) {
    database.change(sql -> message.row().later(sql, next, status, reason));
  }

  /** Puts a message back that was not tried. */
  void untried(Message message) {
    database.change(sql -> message.row().untried(sql, clock.instant()));
  }

  /** A webhook for which messages wait. */
  private record Waited(long webhook, long newest) {
    static Waited read(Row row) {
      return new Waited(row.number("id"), row.number("newest"));
    }
  }

  /** A message that may be sent. */
  private record Due(long id, AccountId account, long webhook, Instant next) {
    static Due read(Row row) {
      return new Due(
          row.number("id"),
          new AccountId(row.number("account_id")),
          row.number("webhook_id"),
          row.instant("next_at"));
    }
  }
}
