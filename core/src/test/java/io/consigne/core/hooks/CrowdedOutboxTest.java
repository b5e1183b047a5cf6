package io.consigne.core.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.events.Event;
import io.consigne.core.events.EventKind;
import io.consigne.core.events.EventLimits;
import io.consigne.core.events.Outbox;
import io.consigne.core.testing.TestHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One account slowed every write of the host by what it had told to receivers that are gone. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class CrowdedOutboxTest {
  private static final String TOO_MANY =
      "Too many messages wait; nothing more is told until less do";

  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  private Database database;
  private TestHost host;
  private Account alice;

  @SuppressWarnings("NullAway.Init")
  CrowdedOutboxTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = kind.open(directory);
    host = new TestHost(database);
    alice = host.accounts.add(TestHost.newEmail(), Plan.PREMIUM, null);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long webhook(String events) {
    return database.<Long>write(sql ->
        sql.number(
            """
            INSERT INTO webhooks (account_id, url, secret, events, created_at)
            VALUES (?, 'sealed', 'sealed', ?, ?) RETURNING id
            """,
            alice.id().value(),
            events,
            host.clock.instant()));
  }

  private void happen(int times) {
    Event event = Event.of(EventKind.FETCH_FAILED, Map.of("request", 1));
    database.change(sql -> {
      for (int i = 0; i < times; i++) {
        Outbox.add(sql, host.clock.instant(), alice.id(), event);
      }
    });
  }

  private long count(long webhook, String state) {
    return database.<Long>read(sql ->
        sql.number(
            "SELECT COUNT(*) FROM messages WHERE webhook_id = ? AND state = ?", webhook, state));
  }

  private void deliverOldest(long webhook) {
    database.change(sql ->
        sql.update(
            """
            UPDATE messages SET state = 'delivered', ended_at = ? WHERE id = (
              SELECT MIN(id) FROM messages WHERE webhook_id = ? AND state = 'waiting')
            """,
            host.clock.instant(),
            webhook));
  }

  @Test
  void noMoreWait_thanMay_andTheLogSaysSinceWhen() {
    long crowded = webhook("");
    happen(EventLimits.WAITING);
    long other = webhook(" fetch.failed ");
    long elsewhere = webhook(" key.made ");
    happen(200);
    assertThat(count(crowded, "waiting")).isEqualTo(EventLimits.WAITING);
    assertThat(count(crowded, "failed")).isEqualTo(1);
    assertThat(count(other, "waiting")).isEqualTo(200);
    assertThat(count(elsewhere, "waiting")).isZero();
    deliverOldest(crowded);
    happen(3);
    assertThat(count(crowded, "waiting")).isEqualTo(EventLimits.WAITING);
    assertThat(reasons(crowded)).containsExactly(TOO_MANY, TOO_MANY);
  }

  private List<String> reasons(long webhook) {
    return database.read(sql ->
        sql.list(
            "SELECT reason FROM messages WHERE webhook_id = ? AND state = 'failed'",
            row -> row.text("reason"),
            webhook));
  }

  @Test
  void whatIsWithinItsLimits_isLookedAt_withoutAWrite() {
    webhook("");
    happen(100);
    var counted = new Counted(database);
    new MessageLog(counted, host.clock, HookLimits.DEFAULT).trim();
    assertThat(counted.writes).isZero();
    host.clock.advance(HookLimits.DEFAULT.retries().life().plus(Duration.ofMillis(1)));
    new MessageLog(counted, host.clock, HookLimits.DEFAULT).trim();
    assertThat(counted.writes).isEqualTo(1);
  }

  @Test
  void messageOfAClockThatWasAhead_isDueAllTheSame() {
    host.clock.advance(Duration.ofDays(700));
    webhook("");
    happen(1);
    host.clock.advance(Duration.ofDays(-700));
    new MessageLog(database, host.clock, HookLimits.DEFAULT).trim();
    var queue = new MessageQueue(database, host.clock, HookLimits.DEFAULT, "node");
    assertThat(queue.claim(1, Map.of(), Set.of())).hasSize(1);
  }

  /** Counts writes. */
  private static final class Counted implements Database {
    private final Database inner;
    private int writes;

    Counted(Database inner) {
      this.inner = inner;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      return inner.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      writes++;
      return inner.write(work);
    }

    @Override
    public OptionalLong state() {
      return inner.state();
    }

    @Override
    public void close() {}
  }
}
