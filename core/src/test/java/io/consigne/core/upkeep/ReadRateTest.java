package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A task reads no more than it may, whatever its pieces are. */
class ReadRateTest {
  private static final long RATE = 1 << 20;

  private final AtomicLong now = new AtomicLong(123);
  private final ReadRate rate = ReadRate.of(RATE, now::get, now::addAndGet);

  @Test
  void pieces_ofAnySize_takeAsLongAsTheyShould() {
    var random = new Random(1);
    long before = now.get();
    long bytes = 0;
    while (bytes < 100 * RATE) {
      int piece = random.nextInt(1 << 18);
      bytes += piece;
      rate.took(piece);
    }
    assertThat(Duration.ofNanos(now.get() - before).toMillis() / 1000.0).isBetween(98.9, 101.1);
  }

  @Test
  void timeSpentOtherwise_isMadeUpForByASecondAtMost() {
    now.addAndGet(Duration.ofHours(1).toNanos());
    long before = now.get();
    for (int i = 0; i < 10; i++) {
      rate.took(RATE);
    }
    assertThat(Duration.ofNanos(now.get() - before)).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void interruptedTask_ends() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ReadRate.of(RATE).took(10 * RATE)).hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void paceTooSlow_isRefused() {
    assertThatThrownBy(() -> ReadRate.of(1000)).hasMessage("bytes per second: 1000");
  }
}
