package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A store that was mounted read-only once filled the log: a trace a minute for each file. */
class StoreFileRemovalTest {
  private static final String A = "a".repeat(32);
  private static final String B = "b".repeat(32);

  private final Logger logger = (Logger) LoggerFactory.getLogger(StoreFileRemoval.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Blobs closed =
      new ForwardingBlobs(new MemoryBlobs(new Random(1))) {
        @Override
        public boolean retire(String storeFile) {
          return true;
        }

        @Override
        public void delete(String storeFile) {
          throw new UncheckedIOException(new IOException(storeFile + ": Read-only file system"));
        }
      };

  @TempDir Path directory;
  private Database database;

  @BeforeEach
  void open() {
    lines.start();
    logger.addAppender(lines);
    database = TestDatabases.sqlite(directory);
  }

  @AfterEach
  void close() {
    logger.detachAppender(lines);
    database.close();
  }

  @Test
  void storeThatDeletesNothing_isToldOnceAnHour_inALine() {
    var removal = new StoreFileRemoval(database, closed, nanos::get);

    assertThat(removal.delete(List.of(A, B))).isEmpty();
    nanos.addAndGet(Duration.ofMinutes(59).toNanos());
    assertThat(removal.delete(List.of(A, B))).isEmpty();
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "2 store files that are not needed any more cannot be deleted, such as "
                + "%1$s: java.io.IOException: %1$s: Read-only file system".formatted(A));
    assertThat(lines.list.getFirst().getThrowableProxy()).isNull();

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(removal.delete(List.of(B))).isEmpty();
    assertThat(lines.list).hasSize(2);
  }
}
