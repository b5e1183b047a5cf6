package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consigne.core.db.DatabaseAway;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A download under way, and a database that answers late or not at all. */
@Timeout(60)
class OpenDownloadTest {
  private final AtomicInteger looks = new AtomicInteger();
  private long now;

  private OpenDownload download(Answer answer) {
    return new OpenDownload(
        () -> {
          looks.incrementAndGet();
          return answer.isOpen();
        },
        () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void itIsLookedEachTwoSeconds_andAClosedOneEndsAtOnce() {
    var closes = download(() -> looks.get() < 3);
    assertThat(closes.isStill()).isTrue();
    assertThat(looks).hasValue(0);
    for (int look = 1; look < 3; look++) {
      pass(WireLimits.DOWNLOAD_LOOK);
      assertThat(closes.isStill()).isTrue();
      assertThat(closes.isStill()).isTrue();
      assertThat(looks).hasValue(look);
    }
    pass(WireLimits.DOWNLOAD_LOOK);
    assertThat(closes.isStill()).isFalse();
  }

  /** All downloads of a host stood still for five minutes. */
  @Test
  void databaseThatDoesNotAnswer_holdsUpNothing_andItsAnswerCountsOnceItIsThere() {
    var answered = new CountDownLatch(1);
    var held =
        download(() -> {
          answered.await();
          return false;
        });
    pass(WireLimits.DOWNLOAD_LOOK);
    for (int block = 0; block < 1000; block++) {
      assertThat(held.isStill()).isTrue();
      pass(Duration.ofSeconds(1));
    }
    assertThat(looks).hasValue(1);
    answered.countDown();
    await().until(() -> !held.isStill());
  }

  @Test
  void databaseThatIsAway_endsNothing_andIsAskedAgainAfterAMinute() {
    var lost =
        download(() -> {
          throw new DatabaseAway("refused", new IOException());
        });
    pass(WireLimits.DOWNLOAD_LOOK);
    assertThat(lost.isStill()).isTrue();
    pass(WireLimits.DOWNLOAD_LOOK_IN_VAIN.minusMillis(1));
    assertThat(lost.isStill()).isTrue();
    assertThat(looks).hasValue(1);
    pass(Duration.ofMillis(1));
    assertThat(lost.isStill()).isTrue();
    assertThat(looks).hasValue(2);
  }

  @Test
  void damagedRow_isToldToTheDownload() {
    var rotten =
        download(() -> {
          throw new Failure.Rotten("file 1 shows content 2").asException();
        });
    pass(WireLimits.DOWNLOAD_LOOK);
    assertThatThrownBy(rotten::isStill).isInstanceOf(FailureException.class);
  }

  /** What the database says. */
  @FunctionalInterface
  private interface Answer {
    boolean isOpen() throws InterruptedException;
  }
}
