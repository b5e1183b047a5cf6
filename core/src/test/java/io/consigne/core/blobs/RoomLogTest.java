package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consigne.core.failure.Failure;
import io.consigne.core.testing.Refusal;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a full disk has the log say. */
class RoomLogTest {
  private static final long MANY = 100 << 20;

  private final Logger logger = (Logger) LoggerFactory.getLogger(RoomLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicLong left = new AtomicLong(MANY);

  @TempDir Path directory;
  private DiskRoom room;

  @BeforeEach
  void open() throws IOException {
    lines.start();
    logger.addAppender(lines);
    Disk disk =
        new Disk() {
          @Override
          public long availableBytes(FileStore store) {
            return left.get();
          }
        };
    var log = new RoomLog(directory, nanos::get);
    room = new DiskRoom(disk, Files.getFileStore(directory), log);
  }

  @AfterEach
  void close() {
    logger.detachAppender(lines);
  }

  @Test
  void fullDisk_isToldOnce_andWhenItIsOver() {
    room.require(10);
    left.set(3 << 20);
    refuse();
    refuse();
    assertThat(told()).containsExactly(full(3 << 20));
    left.set((4 << 20) + 20);
    room.require(10);
    assertThat(told()).hasSize(1);
    left.set(MANY);
    room.require(10);
    room.require(10);
    assertThat(told()).containsExactly(full(3 << 20), over(MANY));
  }

  @Test
  void fullDisk_isToldAgainAfterTenMinutes() {
    left.set(0);
    refuse();
    nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
    refuse();
    assertThat(told()).hasSize(1);
    nanos.addAndGet(1);
    refuse();
    assertThat(told()).containsExactly(full(0), full(0));
  }

  /** However often there is room and none. */
  @Test
  void turns_areToldOnceInTenMinutes() {
    for (int turn = 0; turn < 5; turn++) {
      left.set(1);
      refuse();
      left.set(MANY);
      room.require(10);
    }
    assertThat(told()).containsExactly(full(1), over(MANY));
  }

  @Test
  void faultOfTheSystem_isToldOnlyIfItMeansThatThereIsNoRoom() {
    assertThat(room.failure(new IOException("Input/output error"))).isNotNull();
    assertThat(told()).isEmpty();
    assertThat(room.failure(new IOException("No space left on device"))).isNotNull();
    assertThat(told()).containsExactly(full(MANY));
  }

  private void refuse() {
    assertThat(Refusal.of(() -> room.require(10))).isEqualTo(new Failure.StoreFull());
  }

  private String full(long bytes) {
    return "The disk is full, and what is uploaded is refused: %s has %d bytes left"
        .formatted(directory, bytes);
  }

  private String over(long bytes) {
    return "There is room again: %s has %d bytes left".formatted(directory, bytes);
  }

  private List<String> told() {
    assertThat(lines.list).allMatch(event -> event.getLevel() == Level.WARN);
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
