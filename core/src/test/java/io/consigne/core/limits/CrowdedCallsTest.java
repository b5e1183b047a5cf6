package io.consigne.core.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.limits.CallsAtOnce.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Callers that together have all places, and take their answers just fast enough. Seven addresses
 * kept all others from public folders for as long as they liked.
 */
@Timeout(60)
class CrowdedCallsTest {
  private static final Duration LONG = Duration.ofHours(1);

  /** Longer than it takes until room is made. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final int BRISK = 8 * 1024;

  private final List<Steady> ended = new ArrayList<>();

  private static Subject caller(long number) {
    return new Subject.OfAccount(new AccountId(number));
  }

  /** Takes places without waiting until there is none for this caller; returns how many. */
  private int fill(CallsAtOnce atOnce, Subject who, Duration waited) {
    Thread.currentThread().interrupt();
    int held = 0;
    try {
      while (true) {
        var taker = new Steady(who, waited.plusMillis(held));
        taker.place = atOnce.enter(who, taker);
        held++;
      }
    } catch (FailureException full) {
      return held;
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Fills all places, whatever share each caller gets; returns how many have some. */
  private int fillAll(CallsAtOnce atOnce, Duration waited) {
    int callers = 0;
    while (fill(atOnce, caller(callers + 1), waited) > 0) {
      callers++;
    }
    return callers;
  }

  @Test
  void whoHasTheMost_losesThoseThatLastLongest_toWhoHasNone() {
    CallsAtOnce atOnce = new CallsAtOnce(CallsAtOnce.Most.OPEN);
    assertThat(fillAll(atOnce, LONG)).isEqualTo(7);
    try (Place _ = atOnce.enter(caller(8), new Steady(caller(8), Duration.ZERO));
        Place _ = atOnce.enter(caller(9), new Steady(caller(9), Duration.ZERO))) {
      assertThat(ended).extracting(one -> one.who).containsOnly(caller(1)).hasSize(2);
      assertThat(ended)
          .extracting(one -> one.waited)
          .containsExactly(LONG.plusMillis(31), LONG.plusMillis(30));
    }
  }

  @Test
  void accounts_loseThemAsWell() {
    CallsAtOnce atOnce = new CallsAtOnce(CallsAtOnce.Most.KNOWN);
    int callers = fillAll(atOnce, LONG);
    assertThat(callers).isEqualTo(11);
    Subject other = caller(callers + 1);
    atOnce.enter(other, new Steady(other, Duration.ZERO)).close();
    assertThat(ended).extracting(one -> one.who).containsExactly(caller(1));
  }

  /** 64 addresses with a place each kept all others out, at 550 bytes a second. */
  @Test
  void whoHasItsShare_losesItIfItIsSlow_toWhoHasNone() {
    CallsAtOnce atOnce = new CallsAtOnce(CallsAtOnce.Most.OPEN);
    for (int address = 1; address <= 64; address++) {
      Subject who = caller(address);
      long bytes = LONG.toSeconds() * (address == 40 ? 6_000 : 7_000 + address % 3 * 10_000);
      var taker = new Steady(who, LONG, bytes);
      taker.place = atOnce.enter(who, taker);
    }
    Subject other = caller(65);
    try (Place _ = atOnce.enter(other, new Steady(other, Duration.ZERO))) {
      assertThat(ended).extracting(one -> one.who).containsExactly(caller(40));
    }
  }

  /** It is no reason to end it that it was slow for a moment some time ago, or will be. */
  @Test
  void whoTakesItsAnswerBriskly_isJudgedAnew() {
    var taker = new Steady(caller(1), Duration.ofSeconds(3), 3 * BRISK);
    var pace = new Pace(taker);
    assertThat(pace.sluggishness(Duration.ofSeconds(3), BRISK)).isEmpty();
    taker.take(Duration.ofSeconds(2), 0);
    assertThat(pace.sluggishness(Duration.ofSeconds(3), BRISK)).isEmpty();
    taker.take(Duration.ofSeconds(2), BRISK);
    assertThat(pace.sluggishness(Duration.ofSeconds(3), BRISK)).hasValue(BRISK / 4.0);
    taker.take(Duration.ZERO, 3 * BRISK);
    assertThat(pace.sluggishness(Duration.ofSeconds(3), BRISK)).isEmpty();
    taker.take(Duration.ofSeconds(4), 0);
    assertThat(pace.sluggishness(Duration.ofSeconds(3), BRISK)).hasValue(0);
    pace.end();
    assertThat(pace.sluggishness(Duration.ofSeconds(3), BRISK)).isEmpty();
  }

  @Test
  void whoHasItsShare_andIsBrisk_keepsIt() {
    CallsAtOnce atOnce = new CallsAtOnce(new CallsAtOnce.Most(1, 2, PATIENCE));
    assertThat(fillAll(atOnce, LONG)).isEqualTo(2);
    assertRefused(atOnce);
  }

  /** A database that hangs for some seconds is no fault of whoever has many calls under way. */
  @Test
  void whoWaitsForTheHost_keepsItsPlaces() {
    CallsAtOnce atOnce = new CallsAtOnce(new CallsAtOnce.Most(2, 2, PATIENCE));
    assertThat(fillAll(atOnce, Duration.ofSeconds(2))).isEqualTo(1);
    assertRefused(atOnce);
  }

  private void assertRefused(CallsAtOnce atOnce) {
    Subject other = caller(9);
    assertThatThrownBy(() -> atOnce.enter(other, new Steady(other, Duration.ZERO)))
        .hasMessage("Too many requests at once");
    assertThat(ended).isEmpty();
  }

  /** A client that takes its answer fast enough, and goes when it is hung up. */
  private final class Steady implements CallsAtOnce.Taker {
    private final Subject who;
    private Duration waited;
    private long bytes;
    private Place place = () -> {};

    Steady(Subject who, Duration waited) {
      this(who, waited, 1L << 40);
    }

    Steady(Subject who, Duration waited, long bytes) {
      this.who = who;
      this.waited = waited;
      this.bytes = bytes;
    }

    void take(Duration more, long moreBytes) {
      waited = waited.plus(more);
      bytes += moreBytes;
    }

    @Override
    public CallsAtOnce.Taken taken() {
      return new CallsAtOnce.Taken(bytes, waited);
    }

    @Override
    public void hangUp() {
      ended.add(this);
      Thread.ofVirtual().start(place::close);
    }
  }
}
