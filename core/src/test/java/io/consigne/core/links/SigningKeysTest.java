package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.StoredFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The keys that sign download tokens, on a database of their own. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class SigningKeysTest {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");
  private static final Downloads.Bearer RESUMING = new Downloads.Bearer(HOME, null, true);

  private final Database database;
  private final TestHost host;
  private final TestClock clock;
  private final SigningKeys keys;
  private final SigningKeys otherNode;

  SigningKeysTest(TestDatabases.Kind kind, @TempDir Path directory) {
    database = kind.open(directory);
    host = new TestHost(database);
    clock = host.clock;
    keys = host.signingKeys;
    otherNode = new SigningKeys(database, clock, new SecureRandom());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void current_isTheSameForADay_thenAnother() {
    SigningKeys.SigningKey first = keys.current();
    clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(keys.current()).isEqualTo(first);
    clock.advance(Duration.ofMillis(1));
    SigningKeys.SigningKey second = keys.current();
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.secret()).isNotEqualTo(first.secret());
    assertThat(keys.numbered(first.id())).contains(first);
    assertThat(keys.numbered(second.id())).contains(second);
  }

  @Test
  void current_onTwoNodes_isTheSame() {
    SigningKeys.SigningKey first = keys.current();
    assertThat(otherNode.current()).isEqualTo(first);
    clock.advance(Duration.ofDays(1));
    SigningKeys.SigningKey second = otherNode.current();
    assertThat(second).isNotEqualTo(first);
    assertThat(keys.current()).isEqualTo(second);
  }

  @Test
  void current_onManyNodesAtOnce_isTheSame() throws Exception {
    assertThat(AtOnce.run(10, () -> new SigningKeys(database, clock, new SecureRandom()).current()))
        .containsOnly(keys.current());
    assertThat(host.number("SELECT COUNT(*) FROM signing_keys")).isEqualTo(1);
  }

  /** No other was made until its time had come. */
  @Test
  void keyOfAClockAhead_isFollowedByAnotherOnceTheClockIsRight() {
    clock.set(Duration.ofDays(3650));
    SigningKeys.SigningKey ahead = keys.current();
    clock.set(Duration.ofDays(-3650));
    SigningKeys.SigningKey right = keys.current();
    assertThat(right).isNotEqualTo(ahead);
    assertThat(otherNode.current()).isEqualTo(right);
    clock.advance(Duration.ofDays(1));
    assertThat(keys.current()).isNotEqualTo(right);
  }

  /** There was none for a day as soon as that clock's time came near: no link opened. */
  @Test
  void keyOfAClockAhead_isNoHindranceOnceItsTimeComes() {
    keys.current();
    clock.advance(Duration.ofDays(30));
    keys.current();
    clock.advance(Duration.ofDays(-30));
    for (int hour = 0; hour < 33 * 24; hour++) {
      clock.advance(Duration.ofHours(1));
      assertThat(keys.current()).as("hour %s", hour).isEqualTo(otherNode.current());
    }
    assertThat(host.number("SELECT COUNT(*) FROM signing_keys")).isLessThanOrEqualTo(3);
  }

  @Test
  void clockThatIsSetBack_findsAKeyAllTheTime() {
    keys.current();
    clock.advance(Duration.ofHours(24));
    keys.current();
    for (int hours = 1; hours < 80; hours++) {
      clock.advance(Duration.ofHours(-hours));
      assertThat(keys.current()).as("%s hours back", hours).isEqualTo(otherNode.current());
      clock.advance(Duration.ofHours(hours));
    }
  }

  @Test
  void numbered_keyOfAnotherNode_isFound() {
    assertThat(keys.numbered(1)).isEmpty();
    SigningKeys.SigningKey key = otherNode.current();
    assertThat(keys.numbered(key.id())).contains(key);
    assertThat(keys.numbered(key.id() + 1)).isEmpty();
  }

  @Test
  void oldKeys_areForgottenAfterTheirTokensExpired() {
    keys.current();
    for (int day = 0; day < 10; day++) {
      clock.advance(Duration.ofDays(1));
      keys.current();
    }
    assertThat(host.number("SELECT COUNT(*) FROM signing_keys")).isLessThanOrEqualTo(3);
  }

  @Test
  void token_ofTheOldKey_isGoodForItsThirtyMinutes_onEachNode() {
    Access alice = host.newAccount();
    StoredFile file = host.file(alice, "a", 1);
    keys.current();
    clock.advance(Duration.ofDays(1).minusMillis(1));
    var opened = new Links.Opened(file, Links.Way.OWN, "");
    String token = host.downloads.issue(opened, new Visitor(alice, HOME, null), false, true);
    clock.advance(Duration.ofMinutes(29));
    assertThat(otherNode.current()).isNotEqualTo(keys.numbered(1).orElseThrow());
    var elsewhere = new Downloads(database, otherNode, clock, host.audit);
    assertThat(elsewhere.open(token, RESUMING).file().id()).isEqualTo(file.id());
    assertThat(host.downloads.open(token, RESUMING).file().id()).isEqualTo(file.id());
  }

  @Test
  void current_onAFullDisk_isTheLastOne() {
    var full = new SigningKeys(new FullDatabase(database), clock, new SecureRandom());
    assertThatThrownBy(full::current).isInstanceOf(DatabaseFull.class);
    SigningKeys.SigningKey last = keys.current();
    clock.advance(Duration.ofDays(30));
    assertThat(full.current()).isEqualTo(last);
    assertThat(full.numbered(last.id())).contains(last);
    assertThat(keys.current()).isNotEqualTo(last);
  }

  @Test
  void toString_showsNoSecret() {
    SigningKeys.SigningKey key = keys.current();
    assertThat(key.toString()).isEqualTo("SigningKey[" + key.id() + "]");
  }

  /** A database without room for a change. */
  private record FullDatabase(Database inner) implements Database {
    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      return inner.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      throw new DatabaseFull("no room", new IOException("No space left on device"));
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
