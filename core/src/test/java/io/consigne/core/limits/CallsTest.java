package io.consigne.core.limits;

import static io.consigne.core.limits.CallsAtOnce.Taker.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.KeyTerms;
import io.consigne.core.accounts.Plan;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.Failure.TooFast.Who;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.KeyId;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.TestClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");
  private static final InetAddress AWAY = InetAddress.ofLiteral("198.51.100.7");

  private final TurnedTime time = new TurnedTime();
  private final TestClock clock = new TestClock();
  private final LimitPolicy policy = new LimitPolicy(LimitTable.DEFAULT, null, time);
  private final Calls calls = new Calls(policy, new Buckets(time), clock);

  private static Access access(long account, long key) {
    return access(account, key, null);
  }

  private static Access access(long account, long key, @Nullable Long rate) {
    return Access.full(
        new AccountId(account),
        Plan.PREMIUM,
        new FolderId(1),
        new KeyTerms(new KeyId(key), 0, false, rate, null));
  }

  private static int admitted(Calls calls, Access access, InetAddress from) {
    int admitted = 0;
    while (calls.call(access, from).refusalOrNull() == null) {
      admitted++;
    }
    return admitted;
  }

  private static Failure.TooFast refused(Admission admission) {
    return (Failure.TooFast) Objects.requireNonNull(admission.refusalOrNull());
  }

  @Test
  void key_isHeldBack_beforeItsAccount_beforeTheirAddress() {
    assertThat(admitted(calls, access(1, 1), HOME)).isEqualTo(30);
    assertThat(refused(calls.call(access(1, 1), HOME)).who()).isEqualTo(Who.KEY);
    assertThat(admitted(calls, access(1, 2), HOME)).isEqualTo(30);
    assertThat(admitted(calls, access(1, 3), HOME)).isZero();
    assertThat(refused(calls.call(access(1, 3), HOME)).who()).isEqualTo(Who.ACCOUNT);
    assertThat(admitted(calls, access(2, 4), HOME)).isEqualTo(30);
    assertThat(admitted(calls, access(3, 5), HOME)).isEqualTo(30);
    assertThat(refused(calls.call(access(4, 6), HOME)).who()).isEqualTo(Who.ADDRESS);
    assertThat(admitted(calls, access(4, 6), AWAY)).isEqualTo(30);
  }

  @Test
  void ownRate_slowsAKey_andMakesNoneFaster() {
    assertThat(admitted(calls, access(1, 1, 1L), HOME)).isEqualTo(10);
    assertThat(refused(calls.call(access(1, 1, 1L), HOME)).who()).isEqualTo(Who.KEY);
    time.advance(Duration.ofSeconds(3));
    assertThat(admitted(calls, access(1, 1, 1L), HOME)).isEqualTo(3);
    assertThat(admitted(calls, access(2, 2, 1_000L), HOME)).isEqualTo(30);
    assertThat(admitted(calls, access(3, 3, Long.MAX_VALUE), HOME)).isEqualTo(30);
  }

  @Test
  void ownRate_holdsForWhatIsNoCall_andOnlyWhereThereIsOne() {
    Access slow = access(1, 1, 1L);
    assertThat(admitted(calls, slow, HOME)).isEqualTo(10);
    assertThat(refused(calls.ownRate(slow)).who()).isEqualTo(Who.KEY);
    time.advance(Duration.ofSeconds(1));
    assertThat(calls.ownRate(slow).refusalOrNull()).isNull();
    assertThat(admitted(calls, slow, HOME)).isZero();
    assertThat(calls.ownRate(access(2, 2))).isEqualTo(Admission.FREE);
  }

  /** A key that is refused by its account keeps what it has. */
  @Test
  void refusedCall_costsNothing() {
    assertThat(admitted(calls, access(1, 1), HOME) + admitted(calls, access(1, 2), HOME))
        .isEqualTo(60);
    for (int i = 0; i < 100; i++) {
      assertThat(refused(calls.call(access(1, 3), HOME)).who()).isEqualTo(Who.ACCOUNT);
    }
    time.advance(Duration.ofSeconds(5));
    assertThat(admitted(calls, access(1, 3), HOME)).isEqualTo(30);
  }

  @Test
  void waitingAsLongAsTold_letsIn_andNotAMomentLess() {
    admitted(calls, access(1, 1), HOME);
    Duration told = refused(calls.call(access(1, 1), HOME)).retryAfter();
    assertThat(told).isPositive();
    time.advance(told.minusNanos(10));
    assertThat(refused(calls.call(access(1, 1), HOME)).retryAfter())
        .isEqualTo(Duration.ofNanos(10));
    time.advance(Duration.ofNanos(10));
    assertThat(calls.call(access(1, 1), HOME).refusalOrNull()).isNull();
  }

  @Test
  void threadsAtOnce_areLetIn_asOftenAsTheQuotaSays() throws Exception {
    List<Integer> admitted =
        AtOnce.run(64, () -> admitted(calls, access(1, Thread.currentThread().threadId()), HOME));
    assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isBetween(1, 60);
    time.advance(Duration.ofHours(1));
    assertThat(
            AtOnce.run(64, () -> admitted(calls, access(9, 9), HOME)).stream()
                .mapToInt(Integer::intValue)
                .sum())
        .isEqualTo(30);
  }

  @Test
  void specialCalls_haveQuotasOfTheirOwn_forTheWholeAccount() {
    for (int i = 1; i <= 5; i++) {
      assertThat(calls.charge(Payer.of(access(1, i)), CallKind.USER_INFO).refusalOrNull()).isNull();
    }
    Failure.TooFast tooFast = refused(calls.charge(Payer.of(access(1, 9)), CallKind.USER_INFO));
    assertThat(tooFast.who()).isEqualTo(Who.ACCOUNT);
    assertThat(tooFast.retryAfter()).isEqualTo(Duration.ofMinutes(5).plusNanos(1));
    assertThat(calls.call(access(1, 1), HOME).refusalOrNull()).isNull();
    assertThat(calls.charge(Payer.of(access(1, 1)), CallKind.ALL_FILES).standings())
        .containsExactly(
            new Admission.LimitState(
                "account-all-files",
                CallRate.every(Duration.ofHours(1), 2),
                1,
                Duration.ofHours(1)));
  }

  @Test
  void strangers_areHeldBackByAddress_andNotWithThoseWhoAreKnown() {
    int let = 0;
    while (calls.stranger(HOME).refusalOrNull() == null) {
      let++;
    }
    assertThat(let).isEqualTo(20);
    assertThat(calls.stranger(AWAY).refusalOrNull()).isNull();
    assertThat(calls.call(access(1, 1), HOME).refusalOrNull()).isNull();
  }

  @Test
  void off_letsEverythingIn_andTellsNothing() {
    var off = new Calls(LimitPolicy.OFF, new Buckets(time), clock);
    for (int i = 0; i < 1000; i++) {
      assertThat(off.call(access(1, 1), HOME)).isEqualTo(Admission.FREE);
      assertThat(off.stranger(HOME)).isEqualTo(Admission.FREE);
    }
  }

  @Test
  void lock_holdsUntilItSays_forThatCallerAlone() {
    var locking = new Calls(policy.with(FloodLimits.DEFAULT), new Buckets(time), clock);
    admitted(locking, access(1, 1), HOME);
    Failure.TooFast first = refused(locking.call(access(1, 1), HOME));
    assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(first.lockedUntilOrNull()).isEqualTo(clock.instant().plusSeconds(10));
    assertThat(locking.call(access(1, 2), HOME).refusalOrNull()).isNull();
    time.advance(Duration.ofSeconds(10));
    assertThat(locking.call(access(1, 1), HOME).refusalOrNull()).isNull();
  }

  /** A hundred visitors who take nothing of a page were in the way of every key. */
  @Test
  void strangers_keepNoAccountWaiting() {
    for (int address = 1; address <= CallsAtOnce.Most.OPEN.ofAll(); address++) {
      var _ = calls.enter(InetAddress.ofLiteral("192.0.2." + address), TRUSTED);
    }
    assertThatCode(() -> calls.enter(access(1, 1), TRUSTED).close()).doesNotThrowAnyException();
  }
}
