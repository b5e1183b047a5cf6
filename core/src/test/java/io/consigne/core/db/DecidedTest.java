package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host learns when what another has sent to the server is decided. */
@Timeout(60)
class DecidedTest {
  @TempDir Path directory;

  @Test
  void writeOfAnotherHost_isWaitedFor() throws Exception {
    Supplier<Database> server = TestDatabases.Kind.POSTGRES.at(directory);
    var begun = new CountDownLatch(1);
    var ending = new CountDownLatch(1);
    try (Database killed = server.get();
        Database started = server.get();
        AutoCloseable _ = ending::countDown) { // also if an assertion fails, or all waits for it
      CompletableFuture<Integer> writing =
          CompletableFuture.supplyAsync(() ->
              killed.write(sql -> {
                int rows = sql.update("INSERT INTO host (name, value) VALUES ('late', 'x')");
                begun.countDown();
                await(ending);
                return rows;
              }));
      begun.await();
      long mark = started.mark();
      assertThat(started.isDecided(mark)).isFalse();
      ending.countDown();
      assertThat(writing.get()).isEqualTo(1);
      assertThat(started.isDecided(mark)).isTrue();
      assertThat(
              started.<Long>read(
                  sql -> sql.number("SELECT COUNT(*) FROM host WHERE name = 'late'")))
          .isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void embeddedDatabase_hasDecidedAll() {
    try (Database database = TestDatabases.sqlite(directory)) {
      assertThat(database.isDecided(database.mark())).isTrue();
    }
  }
}
