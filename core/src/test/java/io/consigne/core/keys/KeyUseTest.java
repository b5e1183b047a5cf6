package io.consigne.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.KeyId;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.FullDatabase;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What is known of the use of keys. */
class KeyUseTest extends OnEachDatabase {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private final Access alice = host.newAccount();
  private final ApiKey key = host.keys.regenerate(alice.account());
  private final KeyId id = host.keys.list(alice.account()).getFirst().id();

  KeyUseTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private void call(String address, String client) {
    assertThat(host.open(key, new Caller(InetAddress.ofLiteral(address), client))).isPresent();
  }

  private KeyInfo.LastUse used() {
    return host.keys.list(alice.account()).getFirst().used();
  }

  private long written() {
    return host.number("SELECT COUNT(*) FROM key_days WHERE key_id = ?", id.value());
  }

  @Test
  void use_isNotWrittenByTheRequest_butTogetherLater() throws Exception {
    AtOnce.run(50, () -> host.open(key, TestHost.CALLER));
    host.keys.use().uploaded(id, 1000);
    host.keys.use().downloaded(id, 20);
    host.keys.use().downloaded(id, 3);
    assertThat(written()).isZero();
    host.keys.use().write();
    assertThat(written()).isEqualTo(1);
    assertThat(host.keys.use().days(alice.account(), 1))
        .containsExactly(new KeyDay(id, TODAY, 50, 1000, 23));
    host.keys.use().write();
    call("192.0.2.8", "curl/8");
    assertThat(host.keys.use().days(alice.account(), 1))
        .containsExactly(new KeyDay(id, TODAY, 51, 1000, 23));
  }

  @Test
  void fullDisk_isNotNoticedByReaders() {
    var database = new FullDatabase(host.database);
    var keys = new Keys(database, host.clock, host.random);
    keys.use().uploaded(id, 1000);
    database.full(true);
    assertThat(keys.list(alice.account())).hasSize(1);
    assertThat(keys.use().days(alice.account(), 1)).isEmpty();
    database.full(false);
    assertThat(keys.use().days(alice.account(), 1))
        .containsExactly(new KeyDay(id, TODAY, 0, 1000, 0));
  }

  @Test
  void lastUse_isTheLatest() {
    assertThat(used()).isEqualTo(new KeyInfo.LastUse(null, "", ""));
    call("192.0.2.8", "curl/8");
    host.clock.advance(Duration.ofSeconds(10));
    call("2001:db8::1", "rclone/v1.70");
    assertThat(used())
        .isEqualTo(
            new KeyInfo.LastUse(
                TestClock.START.plusSeconds(10), "2001:db8:0:0:0:0:0:1", "rclone/v1.70"));
  }

  @Test
  void days_areApart_andForgottenWhenTheyAreOld() {
    call("192.0.2.8", "");
    host.clock.advance(Duration.ofDays(1));
    call("192.0.2.8", "");
    call("192.0.2.8", "");
    assertThat(host.keys.use().days(alice.account(), 2))
        .containsExactly(
            new KeyDay(id, TODAY.plusDays(1), 2, 0, 0), new KeyDay(id, TODAY, 1, 0, 0));
    assertThat(host.keys.use().days(alice.account(), 1)).hasSize(1);
    host.clock.advance(Duration.ofDays(KeyLimits.DAYS_KEPT - 1));
    call("192.0.2.8", "");
    host.keys.use().write();
    assertThat(written()).as("the first day is gone").isEqualTo(2);
  }

  @Test
  void keyThatIsGone_isPassedOver() {
    call("192.0.2.8", "");
    host.removal.remove(alice.account());
    host.keys.use().write();
    assertThat(written()).isZero();
  }

  @Test
  void unusedKey_isStale_fromThatDayOn() {
    Duration unused = Duration.ofDays(30);
    call("192.0.2.8", "");
    host.clock.advance(unused.minusMillis(1));
    assertThat(stale(unused)).isFalse();
    host.clock.advance(Duration.ofMillis(1));
    assertThat(stale(unused)).isTrue();
    call("192.0.2.8", "");
    assertThat(stale(unused)).isFalse();
    host.clock.advance(unused);
    host.keys.revokeMaster(alice.account());
    assertThat(stale(unused)).as("a dead key is not stale").isFalse();
  }

  private boolean stale(Duration unused) {
    return host.keys.list(alice.account()).getFirst().isStale(host.clock.instant(), unused);
  }
}
