package io.consigne.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consigne.core.db.DatabaseAway;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.DatabaseStopped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A full disk once had the log filled with traces, too. */
class FaultLogTest {
  private final DatabaseFull full = new DatabaseFull("no room", new RuntimeException());
  private final AtomicLong nanos = new AtomicLong();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final FaultLog faults;

  FaultLogTest() {
    var logger = new LoggerContext().getLogger("test");
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
    faults = new FaultLog(logger, nanos::get);
  }

  private List<String> told() {
    return lines.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }

  @Test
  void fullDisk_isToldOnceAnHour_withoutATrace() {
    faults.tell("a failed", full);
    faults.tell("b failed", full);
    nanos.addAndGet(Duration.ofMinutes(59).toNanos());
    faults.tell("a failed", full);
    assertThat(told()).containsExactly("WARN a failed: the disk is full");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    faults.tell("c failed", full);
    assertThat(told()).hasSize(2).contains("WARN c failed: the disk is full");
    assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
  }

  @Test
  void databaseThatStoppedOrIsAway_hasToldByItself() {
    faults.tell("a failed", new DatabaseStopped(new RuntimeException()));
    faults.tell("a failed", new DatabaseAway("away", new RuntimeException()));
    assertThat(told()).isEmpty();
  }

  @Test
  void otherFaults_areToldEachTime_withTheirTrace() {
    faults.tell("a failed", new DatabaseException("no"));
    faults.tell("a failed", new DatabaseException("no"));
    assertThat(told()).containsExactly("ERROR a failed", "ERROR a failed");
    assertThat(lines.list).allMatch(line -> line.getThrowableProxy() != null);
  }
}
