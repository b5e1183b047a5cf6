package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A PostgreSQL server that is stopped, and started again, while a host uses it. */
@Timeout(120)
class PostgresAwayTest {
  @TempDir Path directory;
  private final Logger logger = (Logger) LoggerFactory.getLogger(ServerConnections.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  /** Each once waited 30 seconds in one of 8 places, and the last of 64 for four minutes. */
  @Test
  void calls_areRefusedSoon_andGoOnWhenItIsBack() throws Exception {
    int port = freePort();
    EmbeddedPostgres server = started(port);
    var address = PostgresAddress.parse("postgresql://postgres@127.0.0.1:" + port + "/postgres");
    try (Database db = Databases.postgres(address)) {
      db.change(sql -> sql.update("INSERT INTO host (name, value) VALUES ('n', '')"));
      server.close();

      long before = System.nanoTime();
      assertAllAway(db, 64);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
      String name = "WARN The database " + address;
      assertThat(told())
          .hasSize(2)
          .anyMatch(line -> line.startsWith(name + " cannot be reached to read: "))
          .anyMatch(line -> line.startsWith(name + " cannot be reached to write: "));

      server = started(port);
      assertThat(written(db)).isEqualTo(1);
      assertThat(read(db)).isEqualTo(1);
      assertThat(told())
          .hasSize(4)
          .contains(
              name + " can be reached again to write", name + " can be reached again to read");
      assertThat(log.list).allMatch(line -> line.getThrowableProxy() == null);
    } finally {
      server.close();
    }
  }

  private static void assertAllAway(Database db, int calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < calls; i++) {
        boolean writing = i % 2 == 0;
        running.add(
            threads.submit(() ->
                assertThatThrownBy(
                        () -> {
                          if (writing) {
                            db.write(sql -> sql.number("SELECT 1 AS number"));
                          } else {
                            db.read(sql -> sql.number("SELECT 1 AS number"));
                          }
                        })
                    .isInstanceOf(DatabaseAway.class)));
      }
      for (Future<?> call : running) {
        call.get();
      }
    }
  }

  /** Those who come within a second after a try in vain are refused without one. */
  private static int written(Database db) {
    while (!Thread.interrupted()) {
      try {
        return db.write(sql -> sql.update("UPDATE host SET value = 'x' WHERE name = 'n'"));
      } catch (DatabaseAway e) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("still away");
  }

  private static long read(Database db) {
    while (true) {
      try {
        return db.<Long>read(sql -> sql.number("SELECT count(*) FROM host WHERE value = 'x'"));
      } catch (DatabaseAway e) {
        Thread.onSpinWait();
      }
    }
  }

  private EmbeddedPostgres started(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(directory.resolve("server"))
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private List<String> told() {
    return log.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }
}
