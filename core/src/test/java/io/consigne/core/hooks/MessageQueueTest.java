package io.consigne.core.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.events.Event;
import io.consigne.core.events.EventKind;
import io.consigne.core.events.Outbox;
import io.consigne.core.ids.AccountId;
import io.consigne.core.testing.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which messages are claimed when there are many. */
class MessageQueueTest {
  @TempDir Path directory;

  /** Of those that are busy there may be as many as are looked at: they do not hide the others. */
  @ParameterizedTest
  @EnumSource
  void manyWebhooks_areServedAFewAtATime_andNoneIsLeftOut(TestDatabases.Kind kind) {
    try (Database database = kind.open(directory)) {
      var host = new TestHost(database);
      Account alice = host.accounts.add(TestHost.newEmail(), Plan.PREMIUM, null);
      for (int i = 0; i < 7; i++) {
        add(database, host, alice);
      }
      var queue = new MessageQueue(database, host.clock, HookLimits.DEFAULT, "node");

      List<Message> first = queue.claim(3, Map.of(), Set.of());
      assertThat(first).hasSize(3);
      host.clock.advance(HookLimits.DEFAULT.sending().claim());
      Map<Long, AccountId> busy =
          first.stream().collect(Collectors.toMap(Message::webhook, Message::account));
      List<Message> second = queue.claim(3, busy, Set.of());
      assertThat(second).hasSize(3).noneMatch(message -> busy.containsKey(message.webhook()));
      assertThat(queue.claim(0, Map.of(), Set.of())).isEmpty();
    }
  }

  /** All that waited was read each second, also for webhooks that rested. */
  @Test
  void firstMessageOfAWebhook_isFound_withoutTheOthers() {
    try (Database database = TestDatabases.Kind.SQLITE.open(directory)) {
      String plan =
          database.read(sql ->
              sql.list(
                      "EXPLAIN QUERY PLAN " + MessageQueue.FIRST,
                      row -> row.text("detail"),
                      1,
                      Instant.EPOCH)
                  .toString());
      assertThat(plan)
          .contains("INDEX messages_waiting (webhook_id=? AND state=?)")
          .doesNotContain("B-TREE");
    }
  }

  /** Else those of one account, which are always due, would leave nobody else a place. */
  @ParameterizedTest
  @EnumSource
  void accountThatHasFewestUnderWay_comesFirst(TestDatabases.Kind kind) {
    try (Database database = kind.open(directory)) {
      var host = new TestHost(database);
      Account alice = host.accounts.add(TestHost.newEmail(), Plan.PREMIUM, null);
      Account bob = host.accounts.add(TestHost.newEmail(), Plan.PREMIUM, null);
      for (int i = 0; i < 7; i++) {
        add(database, host, alice);
      }
      host.clock.advance(Duration.ofHours(1));
      add(database, host, bob);
      var queue = new MessageQueue(database, host.clock, HookLimits.DEFAULT, "node");
      assertThat(queue.claim(3, Map.of(), Set.of()))
          .extracting(Message::account)
          .containsExactlyInAnyOrder(alice.id(), alice.id(), bob.id());
      assertThat(queue.claim(1, Map.of(101L, bob.id(), 102L, bob.id()), Set.of()))
          .extracting(Message::account)
          .containsExactly(alice.id());
    }
  }

  /** A thousand of them were read each second, for each webhook whose receiver refused them. */
  @ParameterizedTest
  @EnumSource
  void messagesThatAreDueLater_areNotLookedAt_untilThen(TestDatabases.Kind kind) {
    try (Database database = kind.open(directory)) {
      var host = new TestHost(database);
      Account alice = host.accounts.add(TestHost.newEmail(), Plan.PREMIUM, null);
      long webhook = add(database, host, alice);
      var looked = new AtomicInteger();
      var queue =
          new MessageQueue(new Watched(database, looked), host.clock, HookLimits.DEFAULT, "node");
      Message message = queue.claim(1, Map.of(), Set.of()).getFirst();
      queue.later(message, host.clock.instant().plusSeconds(40), 500, "refused");
      for (int i = 0; i < 5; i++) {
        assertThat(queue.claim(1, Map.of(), Set.of())).isEmpty();
      }
      assertThat(looked).hasValue(2);
      tell(database, host, alice, webhook);
      assertThat(queue.claim(1, Map.of(), Set.of())).hasSize(1);
      assertThat(queue.claim(1, Map.of(), Set.of())).isEmpty();
      host.clock.advance(Duration.ofSeconds(40));
      assertThat(queue.claim(1, Map.of(), Set.of()))
          .extracting(claimed -> claimed.row().number())
          .containsExactly(message.row().number());
      assertThat(queue.claim(1, Map.of(), Set.of())).isEmpty();
      host.clock.advance(Duration.ofDays(-1));
      looked.set(0);
      assertThat(queue.claim(1, Map.of(), Set.of())).isEmpty();
      assertThat(looked).as("the clock went back").hasValue(1);
    }
  }

  /** Counts how often the messages of a webhook are looked at. */
  private record Watched(Database inner, AtomicInteger looked) implements Database {
    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      return inner.read(sql -> work.run(new WatchedSql(sql, looked)));
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      return inner.write(work);
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }
  }

  private record WatchedSql(Sql inner, AtomicInteger looked) implements Sql {
    @Override
    public <T> List<T> list(String statement, RowMapper<T> mapper, @Nullable Object... arguments) {
      return inner.list(statement, mapper, arguments);
    }

    @Override
    public <T> Optional<T> first(
        String statement, RowMapper<T> mapper, @Nullable Object... arguments) {
      if (statement.equals(MessageQueue.FIRST)) {
        looked.incrementAndGet();
      }
      return inner.first(statement, mapper, arguments);
    }

    @Override
    public long number(String statement, @Nullable Object... arguments) {
      return inner.number(statement, arguments);
    }

    @Override
    public int update(String statement, @Nullable Object... arguments) {
      return inner.update(statement, arguments);
    }
  }

  private static long tell(Database database, TestHost host, Account account, long webhook) {
    Event event = Event.of(EventKind.TEST, Map.of("webhook", webhook));
    return database.<Long>write(
        sql -> Outbox.addFor(sql, host.clock.instant(), account.id(), webhook, event));
  }

  private static long add(Database database, TestHost host, Account account) {
    return database.<Long>write(sql -> {
      long webhook =
          sql.number(
              """
              INSERT INTO webhooks (account_id, url, secret, events, created_at)
              VALUES (?, 'sealed', 'sealed', '', ?) RETURNING id
              """,
              account.id().value(),
              host.clock.instant());
      Event event = Event.of(EventKind.TEST, Map.of("webhook", webhook));
      var _ = Outbox.addFor(sql, host.clock.instant(), account.id(), webhook, event);
      return webhook;
    });
  }
}
