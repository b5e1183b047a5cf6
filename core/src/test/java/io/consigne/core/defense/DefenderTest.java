package io.consigne.core.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is slowed, and who is not. */
class DefenderTest {
  private static final InetAddress ATTACKER = InetAddress.ofLiteral("198.51.100.7");
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");
  private static final String TARGET = "login alice@example.org";

  private final TestClock clock = new TestClock();
  private final Defender defender = new Defender(DefenderLimits.DEFAULT, clock);

  private void attempt(InetAddress from, String target, boolean right) {
    try (Defender.Try attempt = defender.begin(from, target)) {
      attempt.ended(right);
    }
  }

  private boolean isLocked(InetAddress from, String target) {
    try (var _ = defender.begin(from, target)) {
      return false;
    } catch (FailureException e) {
      return e.failure() instanceof Failure.Locked;
    }
  }

  /** Guesses as fast as the defender lets, for that long; returns how many were looked at. */
  private int guess(InetAddress from, String target, Duration time) {
    Instant end = clock.instant().plus(time);
    int looked = 0;
    while (clock.instant().isBefore(end)) {
      try {
        attempt(from, target, false);
        looked++;
      } catch (FailureException e) {
        clock.advance(((Failure.Locked) e.failure()).retryAfter());
      }
    }
    return looked;
  }

  @Test
  void wrongPasswords_areFree_thenSlowed_thenLocked() {
    for (int i = 0; i < 5; i++) {
      attempt(ATTACKER, TARGET, false);
    }
    assertThat(isLocked(ATTACKER, TARGET)).isFalse();
    var delays = new ArrayList<Duration>();
    for (int i = 0; i < 12; i++) {
      attempt(ATTACKER, "file " + i, false);
      var locked = (Failure.Locked) Refusal.of(() -> defender.begin(ATTACKER, "any"));
      Duration delay = Duration.between(clock.instant(), locked.until());
      assertThat(locked.retryAfter()).isGreaterThanOrEqualTo(delay);
      delays.add(delay);
      clock.advance(delay);
    }
    assertThat(delays.subList(0, 4))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 8L);
    assertThat(delays.getLast()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void lock_saysUntilWhen() {
    for (int i = 0; i < 6; i++) {
      attempt(ATTACKER, TARGET, false);
    }
    assertThat(Refusal.of(() -> defender.begin(ATTACKER, TARGET)).message())
        .isEqualTo("Too many wrong passwords or keys: nothing is tried until 2026-03-01T12:00:01Z");
  }

  @Test
  void oneAddress_guessesFewTimesADay() {
    assertThat(guess(ATTACKER, TARGET, Duration.ofDays(1))).isLessThan(150);
  }

  /** The /64 is what its owner has: another address of it is the same guesser. */
  @Test
  void addressesOfOneV6Network_areOne() {
    for (int i = 0; i < 6; i++) {
      attempt(InetAddress.ofLiteral("2001:db8:0:1::" + i), "f" + i, false);
    }
    assertThat(isLocked(InetAddress.ofLiteral("2001:db8:0:1:ffff::1"), "g")).isTrue();
    assertThat(isLocked(InetAddress.ofLiteral("2001:db8:0:2::1"), "g")).isFalse();
  }

  @Test
  void anotherAddress_isNotLocked() {
    for (int i = 0; i < 6; i++) {
      attempt(ATTACKER, TARGET, false);
    }
    assertThat(isLocked(ATTACKER, TARGET)).isTrue();
    assertThat(isLocked(HOME, TARGET)).isFalse();
  }

  @Test
  void targetOfManyAddresses_isOpenToOneTryAPause() {
    for (int i = 0; i < 20; i++) {
      attempt(InetAddress.ofLiteral("203.0.113." + i), TARGET, false);
    }
    int looked = 0;
    for (int i = 0; i < 600; i++) {
      if (!isLocked(InetAddress.ofLiteral("10.0." + i / 250 + "." + i % 250), TARGET)) {
        looked++;
      }
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(looked).isBetween(59, 61);
  }

  /** Nobody locks the owner out: where the right password was given before, it is good. */
  @Test
  void targetOfManyAddresses_isOpenToWhoWasRightBefore() {
    attempt(HOME, TARGET, true);
    guessed(40);
    assertThat(isLocked(InetAddress.ofLiteral("203.0.113.200"), TARGET)).isTrue();
    for (int i = 0; i < 100; i++) {
      attempt(HOME, TARGET, true);
    }
    clock.advance(DefenderLimits.DEFAULT.target().knownFor());
    guessed(40);
    assertThat(isLocked(HOME, TARGET)).isTrue();
  }

  private void guessed(int addresses) {
    for (int i = 0; i < addresses; i++) {
      try {
        attempt(InetAddress.ofLiteral("203.0.113." + i), TARGET, false);
      } catch (FailureException slowed) {
        assertThat(i).isGreaterThanOrEqualTo(20);
      }
    }
  }

  /** A right password does not wipe out the wrong ones: it may be the guesser's own account. */
  @Test
  void rightPasswordBetween_doesNotHelpTheGuesser() {
    for (int i = 0; i < 6; i++) {
      attempt(ATTACKER, TARGET, false);
      clock.advance(Duration.ofSeconds(1));
      attempt(ATTACKER, "login mallory@example.org", true);
    }
    attempt(ATTACKER, TARGET, false);
    assertThat(isLocked(ATTACKER, "login mallory@example.org")).isTrue();
  }

  /** The score counts when tries end; what runs at once is bounded, so that it cannot overshoot. */
  @Test
  void triesAtOnce_areBounded() {
    List<Defender.Try> running = new ArrayList<>();
    while (running.size() < 1_000 && !isLocked(ATTACKER, TARGET)) {
      running.add(defender.begin(ATTACKER, TARGET));
    }
    assertThat(running).hasSize(DefenderLimits.DEFAULT.atOnce());
    running.forEach(attempt -> {
      attempt.ended(false);
      attempt.close();
    });
    clock.advance(Duration.ofMinutes(14));
    assertThat(isLocked(ATTACKER, TARGET)).isTrue();
  }

  @Test
  void unknownKeys_lockTheirAddressAtLast() {
    for (int i = 0; i < 51; i++) {
      defender.unknownKey(ATTACKER);
    }
    assertThat(Refusal.of(() -> defender.unknownKey(ATTACKER))).isInstanceOf(Failure.Locked.class);
    defender.unknownKey(HOME);
  }

  @Test
  void score_isForgottenWhenItWasQuiet() {
    guess(ATTACKER, TARGET, Duration.ofHours(1));
    clock.advance(Duration.ofHours(2));
    for (int i = 0; i < 5; i++) {
      attempt(ATTACKER, TARGET, false);
    }
    assertThat(isLocked(ATTACKER, "other")).isFalse();
  }

  @Test
  void off_slowsNobody() {
    var off = new Defender(DefenderLimits.OFF, clock);
    for (int i = 0; i < 500; i++) {
      off.unknownKey(ATTACKER);
      off.begin(ATTACKER, TARGET).ended(false);
    }
    assertThatCode(() -> off.begin(ATTACKER, TARGET).ended(true)).doesNotThrowAnyException();
  }
}
