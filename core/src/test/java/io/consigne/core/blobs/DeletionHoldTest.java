package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consigne.core.testing.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever removes files to make room is told why there is none. */
class DeletionHoldTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(DeletionHold.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final TestClock clock = new TestClock();
  private final AtomicBoolean elsewhere = new AtomicBoolean();
  private final DeletionHold hold = new DeletionHold(elsewhere::get, clock);
  private final AtomicInteger deletions = new AtomicInteger();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
  }

  @Test
  void longHold_isToldHourly() {
    hold.during(() -> {
      minutes(59);
      assertThat(lines.list).isEmpty();
      minutes(121);
      return "";
    });
    assertThat(deletions).hasValue(0);
    assertThat(lines.list).hasSize(2);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .startsWith("Nothing is deleted from the store since " + TestClock.START.plusSeconds(60));

    minutes(1);
    assertThat(deletions).hasValue(1);
    hold.during(() -> {
      minutes(59);
      return "";
    });
    assertThat(lines.list).as("each hold begins anew").hasSize(2);
  }

  @Test
  void holdElsewhere_isToldHourly() {
    elsewhere.set(true);
    minutes(62);
    assertThat(lines.list).hasSize(1);
  }

  private void minutes(int count) {
    for (int minute = 0; minute < count; minute++) {
      clock.advance(Duration.ofMinutes(1));
      hold.unlessHeld(deletions::incrementAndGet);
    }
  }
}
