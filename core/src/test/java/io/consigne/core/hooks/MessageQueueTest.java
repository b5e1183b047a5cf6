package io.consigne.core.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Database;
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
import java.util.Set;
import java.util.stream.Collectors;
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

  private static void add(Database database, TestHost host, Account account) {
    database.write(sql -> {
      long webhook =
          sql.number(
              """
              INSERT INTO webhooks (account_id, url, secret, events, created_at)
              VALUES (?, 'sealed', 'sealed', '', ?) RETURNING id
              """,
              account.id().value(),
              host.clock.instant());
      Event event = Event.of(EventKind.TEST, Map.of("webhook", webhook));
      return Outbox.addFor(sql, host.clock.instant(), account.id(), webhook, event);
    });
  }
}
