package io.consigne.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.KeyId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FloodLocksTest {
  private static final Buckets.Id KEY =
      new Buckets.Id(new Subject.Key(new KeyId(1)), CallKind.CALL);

  private final TurnedTime time = new TurnedTime();
  private final FloodLocks locks = new FloodLocks(FloodLimits.DEFAULT, time);

  @Test
  void nobody_isLockedOut_whoWasNot() {
    assertThat(locks.ask(KEY)).isEmpty();
  }

  @Test
  void lock_ends_whenItSays() {
    assertThat(locks.lock(KEY)).isEqualTo(Duration.ofSeconds(10));
    time.advance(Duration.ofSeconds(10));
    assertThat(locks.ask(KEY)).isEmpty();
  }

  @Test
  void stubbornness_doublesTheLock_upToTheLongest() {
    Duration lock = locks.lock(KEY);
    for (long expected = 20; expected <= 640; expected *= 2) {
      time.advance(Duration.ofSeconds(5));
      lock = locks.ask(KEY).orElseThrow();
      assertThat(lock).isEqualTo(Duration.ofSeconds(expected));
    }
    for (int i = 0; i < 100; i++) {
      time.advance(Duration.ofSeconds(5));
      assertThat(locks.ask(KEY)).contains(Duration.ofMinutes(15));
    }
    time.advance(Duration.ofMinutes(15));
    assertThat(locks.ask(KEY)).isEmpty();
  }

  /** Calls that were on their way when the lock began are no stubbornness. */
  @Test
  void callsAtOnce_countAsOne() {
    locks.lock(KEY);
    for (int i = 0; i < 100; i++) {
      locks.ask(KEY);
      time.advance(Duration.ofMillis(10));
    }
    assertThat(locks.ask(KEY)).contains(Duration.ofSeconds(9));
  }

  @Test
  void nextLock_isLonger_unlessTheCallerKeptStill() {
    locks.lock(KEY);
    time.advance(Duration.ofSeconds(60));
    assertThat(locks.lock(KEY)).isEqualTo(Duration.ofSeconds(20));
    time.advance(Duration.ofMinutes(31));
    assertThat(locks.lock(KEY)).isEqualTo(Duration.ofSeconds(10));
  }
}
