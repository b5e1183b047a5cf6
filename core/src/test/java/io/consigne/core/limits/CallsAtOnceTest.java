package io.consigne.core.limits;

import static io.consigne.core.limits.CallsAtOnce.Taker.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.limits.CallsAtOnce.Place;
import io.consigne.core.testing.AtOnce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is answered, and who waits. */
@Timeout(60)
class CallsAtOnceTest {
  private static final Subject ALICE = new Subject.OfAccount(new AccountId(1));
  private static final Subject BOB = new Subject.OfAccount(new AccountId(2));
  private static final Duration SHORT = Duration.ofMillis(20);

  /** One more of a caller may wait for long, one more of all may not. */
  private static final CallsAtOnce.Most OWN_WAITS =
      new CallsAtOnce.Most(1, 2, Duration.ofMinutes(1), SHORT, "Only %d");

  private static CallsAtOnce atOnce(int ofOne, int ofAll, Duration patience) {
    return new CallsAtOnce(new CallsAtOnce.Most(ofOne, ofAll, patience));
  }

  @Test
  void oneCaller_keepsOnlyItselfWaiting() {
    CallsAtOnce atOnce = atOnce(2, 3, SHORT);
    try (Place _ = atOnce.enter(ALICE, TRUSTED)) {
      try (Place _ = atOnce.enter(ALICE, TRUSTED)) {
        assertThatThrownBy(() -> atOnce.enter(ALICE, TRUSTED))
            .hasMessage("Only 2 requests are answered at a time");
        atOnce.enter(BOB, TRUSTED).close();
      }
      atOnce.enter(ALICE, TRUSTED).close();
    }
    assertThat(atOnce.callers()).isZero();
  }

  @Test
  void all_areBounded() {
    CallsAtOnce atOnce = atOnce(2, 2, SHORT);
    try (Place _ = atOnce.enter(ALICE, TRUSTED);
        Place _ = atOnce.enter(BOB, TRUSTED)) {
      assertThatThrownBy(() -> atOnce.enter(BOB, TRUSTED)).hasMessage("Too many requests at once");
      assertThat(atOnce.callers()).isEqualTo(2);
    }
    atOnce.enter(BOB, TRUSTED).close();
    assertThat(atOnce.callers()).isZero();
  }

  @Test
  void whoWaits_isNext() throws Exception {
    CallsAtOnce atOnce = atOnce(1, 1, Duration.ofMinutes(1));
    var entered = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> waiting;
      try (Place _ = atOnce.enter(ALICE, TRUSTED)) {
        waiting =
            threads.submit(() -> {
              try (Place _ = atOnce.enter(ALICE, TRUSTED)) {
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

  /** Three accounts that took nothing of their listings kept all others from every call. */
  @Test
  void fewCallers_leavePlacesToOthers() {
    CallsAtOnce atOnce = new CallsAtOnce(CallsAtOnce.Most.KNOWN);
    var held = new ArrayList<Integer>();
    for (int caller = 1; caller <= 8; caller++) {
      held.add(fill(atOnce, new Subject.OfAccount(new AccountId(caller))));
    }
    assertThat(held).containsExactly(32, 22, 14, 10, 6, 4, 3, 2);
    atOnce.enter(new Subject.OfAccount(new AccountId(9)), TRUSTED).close();
  }

  /** Takes places without waiting until there is none for this caller; returns how many. */
  private static int fill(CallsAtOnce atOnce, Subject caller) {
    Thread.currentThread().interrupt();
    int held = 0;
    try {
      while (true) {
        var _ = atOnce.enter(caller, TRUSTED);
        held++;
      }
    } catch (FailureException full) {
      return held;
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Two rclones of 32 transfers each, 100 people at one address, a media server. */
  @Test
  void manyShortCalls_areAllAnswered_besideThoseThatTakeTheirTime() throws Exception {
    CallsAtOnce atOnce = new CallsAtOnce(CallsAtOnce.Most.KNOWN);
    for (int caller = 11; caller <= 18; caller++) {
      fill(atOnce, new Subject.OfAccount(new AccountId(caller)));
    }
    var answered = new AtomicInteger();
    var turns = new AtomicInteger();
    AtOnce.run(
        164,
        () -> {
          Subject who = turns.getAndIncrement() < 64 ? ALICE : BOB;
          for (int i = 0; i < 50; i++) {
            try (Place _ = atOnce.enter(who, TRUSTED)) {
              answered.incrementAndGet();
            }
          }
          return null;
        });
    assertThat(answered).hasValue(164 * 50);
  }

  private static void assertSecondWaits(CallsAtOnce atOnce) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Place first = atOnce.enter(ALICE, TRUSTED);
      Future<?> second = threads.submit(() -> atOnce.enter(ALICE, TRUSTED).close());
      assertThatThrownBy(() -> second.get(10 * SHORT.toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      first.close();
      second.get();
    }
  }

  /** A second large body on a slow line was refused while the first one came. */
  @Test
  void whoIsTooManyOfItsCaller_mayWaitLonger_thanWhoIsTooManyOfAll() throws Exception {
    assertSecondWaits(new CallsAtOnce(OWN_WAITS));
  }

  /** It was refused early when the host happened to be full. */
  @Test
  void whoIsTooManyOfItsCaller_waitsAsLong_whileTheHostIsFull() throws Exception {
    CallsAtOnce atOnce = new CallsAtOnce(OWN_WAITS);
    try (Place _ = atOnce.enter(BOB, TRUSTED)) {
      assertSecondWaits(atOnce);
    }
  }

  /** Who holds what others wait for waits less. */
  @Test
  void whoIsTooManyOfItsCaller_waitsNoLongerThanItWants() {
    CallsAtOnce atOnce = new CallsAtOnce(OWN_WAITS);
    try (Place _ = atOnce.enter(ALICE, TRUSTED)) {
      assertThatThrownBy(() -> atOnce.enter(ALICE, TRUSTED, SHORT)).hasMessage("Only 1");
    }
  }

  /** One account had as many begun bodies in memory as it had connections. */
  @Test
  void line_isNoLongerThanItMayBe() throws Exception {
    CallsAtOnce atOnce = new CallsAtOnce(new CallsAtOnce.Most(1, 2, Duration.ofMinutes(1)), 2);
    var refused = new CountDownLatch(2);
    var entered = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (Place _ = atOnce.enter(ALICE, TRUSTED)) {
        for (int i = 0; i < 4; i++) {
          var _ =
              threads.submit(() -> {
                try (Place _ = atOnce.enter(ALICE, TRUSTED)) {
                  entered.incrementAndGet();
                } catch (FailureException tooMany) {
                  assertThat(tooMany).hasMessage("Only 1 requests are answered at a time");
                  refused.countDown();
                }
              });
        }
        refused.await();
        atOnce.enter(BOB, TRUSTED).close();
      }
    }
    assertThat(entered).hasValue(2);
    assertThat(atOnce.callers()).isZero();
  }

  @Test
  void answersThatAreHardlyTaken_endWhileOthersWait() throws Exception {
    CallsAtOnce atOnce = atOnce(1, 1, Duration.ofMinutes(1));
    var taker = new Sluggish();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Place slow = atOnce.enter(ALICE, taker);
      taker.waited = Pace.JUDGED_AFTER.multipliedBy(10);
      taker.taken = 10L * Pace.LEAST_BYTES - 1;
      Future<?> waiting = threads.submit(() -> atOnce.enter(BOB, TRUSTED).close());
      taker.ended.await();
      assertThat(atOnce.callers()).isEqualTo(2);
      slow.close();
      waiting.get();
    }
    assertThat(atOnce.callers()).isZero();
  }

  @Test
  void answersThatAreTaken_orTakeTheHostItsTime_goOn() {
    CallsAtOnce atOnce = atOnce(1, 1, SHORT);
    var taker = new Sluggish();
    try (Place _ = atOnce.enter(ALICE, taker)) {
      taker.waited = Pace.JUDGED_AFTER.minusMillis(1);
      assertThatThrownBy(() -> atOnce.enter(BOB, TRUSTED)).hasMessage("Too many requests at once");
      for (int i = 1; i < 4; i++) {
        taker.waited = Pace.JUDGED_AFTER.multipliedBy(i);
        taker.taken = (long) i * Pace.LEAST_BYTES;
        assertThatThrownBy(() -> atOnce.enter(BOB, TRUSTED))
            .hasMessage("Too many requests at once");
      }
      assertThat(taker.ended.getCount()).isEqualTo(1);
    }
  }

  /** Nobody else is kept waiting by them. */
  @Test
  void slowAnswers_goOn_whileTheirCallersHaveRoom() {
    CallsAtOnce atOnce = atOnce(1, 2, SHORT);
    var taker = new Sluggish();
    taker.waited = Duration.ofHours(1);
    try (Place _ = atOnce.enter(ALICE, taker);
        Place _ = atOnce.enter(BOB, TRUSTED)) {
      assertThat(taker.ended.getCount()).isEqualTo(1);
    }
  }

  /** About 20 addresses that dripped forms kept all others' forms away. */
  @Test
  void bodiesThatHardlyCome_endWhileOthersWait() throws Exception {
    CallsAtOnce atOnce = atOnce(1, 1, Duration.ofMinutes(1));
    var sender = new Sluggish();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Place slow = atOnce.enter(ALICE, sending(sender));
      sender.waited = Pace.SENDER_JUDGED_AFTER;
      sender.taken = Pace.LEAST_BYTES / 3L - 1;
      Future<?> waiting = threads.submit(() -> atOnce.enter(BOB, TRUSTED).close());
      sender.ended.await();
      slow.close();
      waiting.get();
    }
  }

  private static CallsAtOnce.Sender sending(Sluggish sluggish) {
    return new CallsAtOnce.Sender() {
      @Override
      public CallsAtOnce.Taken taken() {
        return sluggish.taken();
      }

      @Override
      public void hangUp() {
        sluggish.hangUp();
      }
    };
  }

  private static final class Sluggish implements CallsAtOnce.Taker {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Duration waited = Duration.ZERO;
    private volatile long taken;

    @Override
    public CallsAtOnce.Taken taken() {
      return new CallsAtOnce.Taken(taken, waited);
    }

    @Override
    public void hangUp() {
      ended.countDown();
    }
  }
}
