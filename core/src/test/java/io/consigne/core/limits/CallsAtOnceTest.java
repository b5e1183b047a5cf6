package io.consigne.core.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.ids.AccountId;
import io.consigne.core.limits.CallsAtOnce.Place;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Who is answered, and who waits. */
class CallsAtOnceTest {
  private static final Subject ALICE = new Subject.OfAccount(new AccountId(1));
  private static final Subject BOB = new Subject.OfAccount(new AccountId(2));
  private static final Duration SHORT = Duration.ofMillis(20);

  private static CallsAtOnce atOnce(int ofOne, int ofAll, Duration patience) {
    return new CallsAtOnce(new CallsAtOnce.Most(ofOne, ofAll, patience));
  }

  @Test
  void oneCaller_keepsOnlyItselfWaiting() {
    CallsAtOnce atOnce = atOnce(2, 3, SHORT);
    try (Place _ = atOnce.enter(ALICE)) {
      try (Place _ = atOnce.enter(ALICE)) {
        assertThatThrownBy(() -> atOnce.enter(ALICE))
            .hasMessage("Only 2 requests are answered at a time");
        atOnce.enter(BOB).close();
      }
      atOnce.enter(ALICE).close();
    }
    assertThat(atOnce.callers()).isZero();
  }

  @Test
  void all_areBounded() {
    CallsAtOnce atOnce = atOnce(2, 2, SHORT);
    try (Place _ = atOnce.enter(ALICE);
        Place _ = atOnce.enter(BOB)) {
      assertThatThrownBy(() -> atOnce.enter(BOB)).hasMessage("Too many requests at once");
      assertThat(atOnce.callers()).isEqualTo(2);
    }
    atOnce.enter(BOB).close();
    assertThat(atOnce.callers()).isZero();
  }

  @Test
  void whoWaits_isNext() throws Exception {
    CallsAtOnce atOnce = atOnce(1, 1, Duration.ofMinutes(1));
    var entered = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> waiting;
      try (Place _ = atOnce.enter(ALICE)) {
        waiting =
            threads.submit(() -> {
              try (Place _ = atOnce.enter(ALICE)) {
                entered.countDown();
              }
            });
        assertThat(entered.getCount()).isEqualTo(1);
      }
      waiting.get();
    }
    assertThat(entered.getCount()).isZero();
    assertThat(atOnce.callers()).isZero();
  }
}
