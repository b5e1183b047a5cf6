package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How far a client is, while its writes end. */
@Timeout(60)
class TakingTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(TakingTest::nothing);
  private final Taking taking =
      new Taking(() -> {
        meanwhile.getAndSet(TakingTest::nothing).run();
        return nanos.get();
      });

  private static void nothing() {}

  @Test
  void writes_areCounted_andTheWaitForTheOneUnderWay() {
    taking.begin();
    nanos.set(30);
    assertThat(taking.soFar()).isEqualTo(new Taking.SoFar(0, Duration.ofNanos(30)));
    taking.end(5);
    nanos.set(100);
    assertThat(taking.soFar()).isEqualTo(new Taking.SoFar(5, Duration.ofNanos(30)));
    taking.begin();
    nanos.set(101);
    assertThat(taking.soFar()).isEqualTo(new Taking.SoFar(5, Duration.ofNanos(31)));
  }

  /** Its wait counted twice, so that an answer that was taken well was reset. */
  @Test
  void writeThatEndsWhileSomebodyAsks_countsOnce() throws Exception {
    taking.begin();
    nanos.set(30);
    var writer = new AtomicReference<Thread>();
    meanwhile.set(() -> writer.set(endingInAnotherThread()));
    assertThat(taking.soFar()).isEqualTo(new Taking.SoFar(0, Duration.ofNanos(30)));
    writer.get().join();
    assertThat(taking.soFar()).isEqualTo(new Taking.SoFar(5, Duration.ofNanos(30)));
  }

  /** A thread that has ended the write, or waits until it may. */
  private Thread endingInAnotherThread() {
    Thread thread = Thread.ofPlatform().start(() -> taking.end(5));
    while (thread.getState() != Thread.State.BLOCKED
        && thread.getState() != Thread.State.TERMINATED) {
      assertThat(Thread.interrupted()).as(thread.getState().toString()).isFalse();
      Thread.onSpinWait();
    }
    return thread;
  }
}
