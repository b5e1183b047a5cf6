package io.consigne.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Fetches that have much ready go one after the other; those that have little go in between. */
class TurnsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final RemoteLimits.Turn limits = RemoteLimits.DEFAULT.turn();
  private final Turns turns = new Turns(limits, nanos::get, 1);
  private final List<String> moved = Collections.synchronizedList(new ArrayList<>());

  private void move(Turns.Turn turn, String what, boolean more) throws InterruptedIOException {
    turn.move(1, more, () -> moved.add(what));
  }

  /** A fetch with much ready, on a thread that is known to wait for its turn. */
  private Thread waiting(String what) {
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try (Turns.Turn turn = turns.none()) {
                move(turn, what, true);
              } catch (InterruptedIOException e) {
                moved.add(what + " interrupted");
              }
            });
    Awaitility.await()
        .until(() ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  @Test
  void turns_areInTheOrderOfAsking_andEndWithoutMore() throws Exception {
    Turns.Turn first = turns.none();
    move(first, "first", true);
    Thread second = waiting("second");
    Thread third = waiting("third");
    move(first, "first again", true);
    assertThat(moved).containsExactly("first", "first again");
    move(first, "first's last", false);
    second.join();
    third.join();
    assertThat(moved).containsExactly("first", "first again", "first's last", "second", "third");
    assertThat(first.isHeld()).isFalse();
  }

  @Test
  void turn_endsWhenEnoughWasTaken() throws Exception {
    Turns.Turn turn = turns.none();
    turn.move((int) limits.bytes() - 1, true, () -> {});
    assertThat(turn.isHeld()).isTrue();
    move(turn, "the rest", true);
    assertThat(turn.isHeld()).isFalse();
  }

  /** A source may seem ready and then say nothing for a minute. */
  @Test
  void turn_whoseTimeIsOver_goesToTheNext_whereverItsFetchIs() throws Exception {
    Turns.Turn silent = turns.none();
    move(silent, "silent", true);
    nanos.addAndGet(limits.time().toNanos());
    try (Turns.Turn other = turns.none()) {
      move(other, "other", true);
      assertThat(silent.isHeld()).isFalse();
      assertThat(other.isHeld()).isTrue();
    }
    move(silent, "silent again", true);
    assertThat(silent.isHeld()).isTrue();
  }

  @Test
  void waitingOne_findsOutByItself_thatTheTimeIsOver() throws Exception {
    Turns.Turn silent = turns.none();
    move(silent, "silent", true);
    Thread next = waiting("next");
    nanos.addAndGet(limits.time().toNanos());
    next.join();
    assertThat(moved).containsExactly("silent", "next");
  }

  @Test
  void little_needsNoTurn() throws Exception {
    try (Turns.Turn busy = turns.none();
        Turns.Turn slow = turns.none()) {
      move(busy, "busy", true);
      move(slow, "slow", false);
      assertThat(slow.isHeld()).isFalse();
      assertThat(busy.isHeld()).isTrue();
    }
    assertThat(moved).containsExactly("busy", "slow");
  }

  /** As many as turns: fetches that bring little at a time do not hold all threads either. */
  @Test
  void little_goesOneAfterTheOther() throws Exception {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var slow =
        new FutureTask<>(() -> {
          turns
              .none()
              .move(
                  1,
                  false,
                  () -> {
                    inside.countDown();
                    Awaitility.await().until(() -> go.getCount() == 0);
                    moved.add("slow");
                  });
          return true;
        });
    Thread.ofPlatform().start(slow);
    inside.await();
    var after =
        new FutureTask<>(() -> {
          move(turns.none(), "after", false);
          return true;
        });
    Thread thread = Thread.ofPlatform().start(after);
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    go.countDown();
    assertThat(slow.get()).isTrue();
    assertThat(after.get()).isTrue();
    assertThat(moved).containsExactly("slow", "after");
  }

  @Test
  void interruptedWhileItWaits_movesNothing_andHoldsNobodyUp() throws Exception {
    Turns.Turn busy = turns.none();
    move(busy, "busy", true);
    Thread called = waiting("called off");
    Thread next = waiting("next");
    called.interrupt();
    called.join();
    busy.close();
    next.join();
    assertThat(moved).containsExactly("busy", "called off interrupted", "next");
  }

  @Test
  void interruptedFetch_staysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> move(turns.none(), "nothing", false))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("interrupted while others had their turn");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(moved).isEmpty();
  }
}
