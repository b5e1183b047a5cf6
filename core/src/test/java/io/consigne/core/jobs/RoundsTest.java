package io.consigne.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When rounds are done. */
class RoundsTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final List<Throwable> told = new CopyOnWriteArrayList<>();

  private String next() throws InterruptedException {
    String what = done.poll(30, TimeUnit.SECONDS);
    return what == null ? "nothing" : what;
  }

  @Test
  void round_isDoneAtTheStart_andWhenSomebodyWakesIt() throws InterruptedException {
    try (var rounds = rounds(NEVER)) {
      rounds.start();
      assertThat(next()).isEqualTo("round");
      rounds.wake();
      assertThat(next()).isEqualTo("round");
    }
    assertThat(done).isEmpty();
  }

  @Test
  void round_isDoneWhenItsPauseIsOver() throws InterruptedException {
    try (var rounds = rounds(Duration.ofMillis(1))) {
      rounds.start();
      for (int i = 0; i < 3; i++) {
        assertThat(next()).isEqualTo("round");
      }
    }
    assertThat(told).isEmpty();
  }

  private Rounds rounds(Duration pause) {
    return new Rounds(
        "test",
        () -> {
          done.add("round");
          return pause;
        },
        new Rounds.Faults(told::add, NEVER));
  }

  @Test
  void roundThatFails_isTold_andFollowedByAnother() throws InterruptedException {
    var fault = new IllegalStateException("first");
    var rounds =
        new Rounds(
            "test",
            () -> {
              if (told.isEmpty()) {
                throw fault;
              }
              done.add("round");
              return NEVER;
            },
            new Rounds.Faults(told::add, Duration.ofMillis(1)));
    try (rounds) {
      rounds.start();
      assertThat(next()).isEqualTo("round");
    }
    assertThat(told).containsExactly(fault);
  }

  @Test
  void close_interruptsARound_andWaitsForIt() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var rounds =
        new Rounds(
            "test",
            () -> {
              begun.countDown();
              while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
              }
              done.add("ended");
              return NEVER;
            },
            new Rounds.Faults(told::add, NEVER));
    rounds.start();
    begun.await();
    rounds.close();
    assertThat(done).containsExactly("ended");
    assertThat(told).isEmpty();
  }

  @Test
  void close_ofRoundsThatNeverBegan_returns() {
    rounds(NEVER).close();
    assertThat(done).isEmpty();
  }
}
