package io.consigne.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Standing;
import io.consigne.core.accounts.Standings;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The secrets of a key, one after the other. */
class KeyRotationTest extends OnEachDatabase {
  private static final Duration HOUR = Duration.ofHours(1);

  private final AccountId account = host.newAccount().account();
  private final ApiKey first = host.keys.regenerate(account);
  private final KeyRef ref = new KeyRef.ById(host.keys.list(account).getFirst().id());

  KeyRotationTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private ApiKey rotate(Duration overlap) {
    return host.keys.changes(Actor.OPERATOR).rotate(account, ref, overlap).secret();
  }

  private void assertOpens(ApiKey... keys) {
    for (ApiKey key : keys) {
      assertThat(host.open(key, TestHost.CALLER)).isPresent();
      assertThat(host.keys.verify(key).orElseThrow().state()).isEqualTo(KeyState.ACTIVE);
    }
  }

  private void assertDead(ApiKey... keys) {
    for (ApiKey key : keys) {
      assertThat(host.open(key, TestHost.CALLER)).isEmpty();
      assertThat(host.keys.verify(key).orElseThrow().state()).isEqualTo(KeyState.REVOKED);
    }
  }

  @Test
  void withoutOverlap_theOldIsDeadAtOnce_andTheKeyIsTheSame() {
    ApiKey second = rotate(Duration.ZERO);
    assertDead(first);
    assertOpens(second);
    assertThat(host.keys.list(account)).hasSize(1);
    assertThat(host.keys.list(account).getFirst().hint()).isEqualTo(second.hint());
    assertThat(host.keys.list(account).getFirst().master()).isTrue();
  }

  @Test
  void withOverlap_bothOpenUntilItsEnd_andTheOldSaysWhen() {
    ApiKey second = rotate(HOUR);
    assertOpens(first, second);
    assertThat(host.keys.verify(first).orElseThrow().ends()).contains(TestClock.START.plus(HOUR));
    assertThat(host.keys.verify(second).orElseThrow().ends()).isEmpty();
    host.clock.advance(HOUR.minusMillis(1));
    assertOpens(first, second);
    host.clock.advance(Duration.ofMillis(1));
    assertDead(first);
    assertOpens(second);
  }

  /** An upload may last longer than the secret that began it is good for. */
  @Test
  void whatTheOldBegan_standsNoLonger_whenItsTimeIsOver() {
    rotate(HOUR);
    Access begun = host.open(first, TestHost.CALLER).orElseThrow();
    host.clock.advance(HOUR.minusMillis(1));
    assertThat(stands(begun)).isTrue();
    host.clock.advance(Duration.ofMillis(1));
    assertThat(stands(begun)).isFalse();
  }

  @Test
  void standings_tellTheSame_whateverWasRemembered() {
    Access before = host.open(first, TestHost.CALLER).orElseThrow();
    var standings = new Standings(host.database, host.clock);
    assertThat(standings.isGood(before)).isTrue();
    ApiKey second = rotate(HOUR);
    Access old = host.open(first, TestHost.CALLER).orElseThrow();
    assertThat(standings.isGood(old)).isTrue();
    host.clock.advance(HOUR);
    assertThat(standings.isGood(old)).isFalse();
    Access young = host.open(second, TestHost.CALLER).orElseThrow();
    assertThat(standings.isGood(young)).isTrue();
    host.keys.changes(Actor.OPERATOR).revoke(account, ref);
    assertThat(standings.isGood(young)).isFalse();
  }

  @Test
  void whatADeadKeyBegan_changesNoKeys() {
    Access begun = host.open(first, TestHost.CALLER).orElseThrow();
    rotate(Duration.ZERO);
    assertThat(Refusal.of(() -> host.keys.changes(begun).regenerate(account)))
        .isEqualTo(new Failure.NotAuthenticated());
  }

  private boolean stands(Access access) {
    return host.database.read(sql -> Standing.isGood(sql, access, host.clock.instant()));
  }

  @Test
  void overlaps_endEachByItself_andNoneAfterTheLatest() {
    ApiKey second = rotate(HOUR.multipliedBy(3));
    ApiKey third = rotate(HOUR);
    assertOpens(first, second, third);
    host.clock.advance(HOUR);
    assertDead(first, second);
    assertOpens(third);
  }

  @Test
  void rotateAtOnce_endsEarlierOverlapsToo() {
    ApiKey second = rotate(HOUR);
    ApiKey third = rotate(Duration.ZERO);
    assertDead(first, second);
    assertOpens(third);
  }

  @Test
  void revoke_endsEverySecret() {
    ApiKey second = rotate(HOUR);
    host.keys.changes(Actor.OPERATOR).revoke(account, ref);
    assertDead(first, second);
  }

  @Test
  void foundSecret_thatWasReplaced_endsAlone_andWithItWhatItBegan() {
    ApiKey second = rotate(HOUR);
    long before = epoch(second);
    assertThat(host.keys.changes(Actor.OPERATOR).revokeFound(first)).isTrue();
    assertDead(first);
    assertOpens(second);
    assertThat(epoch(second)).isGreaterThan(before);
    assertThat(host.keys.changes(Actor.OPERATOR).revokeFound(first)).isFalse();
  }

  @Test
  void foundSecret_thatIsTheLatest_endsTheKey() {
    ApiKey second = rotate(HOUR);
    assertThat(host.keys.changes(Actor.OPERATOR).revokeFound(second)).isTrue();
    assertDead(first, second);
    assertThat(host.keys.changes(Actor.OPERATOR).revokeFound(second)).isFalse();
  }

  @Test
  void foundSecret_thatNobodyHas_endsNothing() {
    ApiKey unknown = ApiKey.draw(new SecureRandom());
    assertThat(host.keys.changes(Actor.OPERATOR).revokeFound(unknown)).isFalse();
    assertOpens(first);
  }

  private long epoch(ApiKey key) {
    return host.open(key, TestHost.CALLER).orElseThrow().terms().orElseThrow().epoch();
  }

  @Test
  void regenerate_endsEverySecret() {
    ApiKey second = rotate(HOUR);
    ApiKey third = host.keys.regenerate(account);
    assertDead(first, second);
    assertOpens(third);
  }

  @Test
  void overlap_tooLong_isRefused() {
    assertThat(Refusal.of(() -> rotate(KeyLimits.LONGEST_OVERLAP.plusSeconds(1))))
        .isEqualTo(new Failure.TooLarge("overlap in seconds", 2_592_001, 2_592_000));
    assertOpens(first);
  }
}
