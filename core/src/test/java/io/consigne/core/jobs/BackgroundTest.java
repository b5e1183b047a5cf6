package io.consigne.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rounds of work beside everything else. */
class BackgroundTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  @Test
  void round_isRunAgain_alsoAfterAFailure() throws Exception {
    var rounds = new CountDownLatch(3);
    try (var background = new Background()) {
      background.every(
          PAUSE,
          "failing",
          () -> {
            rounds.countDown();
            throw new IllegalStateException("on purpose");
          });

      assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Else the collection would end for good when memory was short for a moment. */
  @Test
  void round_isRunAgain_alsoAfterAnError() throws Exception {
    var rounds = new CountDownLatch(3);
    try (var background = new Background()) {
      background.every(
          PAUSE,
          "failing",
          () -> {
            rounds.countDown();
            throw new OutOfMemoryError("on purpose");
          });

      assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** A host's stop waited for all that there was to collect. */
  @Test
  void longRound_isAskedToEnd() throws Exception {
    var started = new CountDownLatch(1);
    var background = new Background();
    background.once(
        "long",
        () -> {
          started.countDown();
          while (!Background.isEnding()) {
            Thread.onSpinWait();
          }
        });
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(Background.isEnding()).isFalse();
    Thread closer = Thread.ofVirtual().start(background::close);
    assertThat(closer.join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void close_waitsForTheRunningRound_andStartsNoOther() throws Exception {
    var started = new CountDownLatch(1);
    var closing = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    var rounds = new AtomicInteger();
    var background = new Background();
    background.once(
        "slow",
        () -> {
          started.countDown();
          try {
            ended.set(closing.await(20, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    background.every(Duration.ofDays(1), "other", rounds::incrementAndGet);
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    Thread closer = Thread.ofVirtual().start(background::close);
    closing.countDown();
    closer.join();

    assertThat(ended).isTrue();
    assertThat(rounds).hasValueLessThanOrEqualTo(1);
  }
}
