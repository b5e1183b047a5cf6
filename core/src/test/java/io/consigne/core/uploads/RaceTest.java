package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.BlobReader;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Removal, collection and compaction raced against uploads, copies and readers of the same content,
 * in thousands of orders that seeds give; a failing one is run again by {@code
 * -Dconsigne.race.seed}.
 */
class RaceTest {
  private static final int LEAST = 300;
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("consigne.race.seconds", 8));
  private static final long FIRST = Long.getLong("consigne.race.seed", 1);

  @ParameterizedTest
  @CsvSource({"SQLITE, ACCOUNT", "SQLITE, HOST", "POSTGRES, ACCOUNT", "POSTGRES, HOST"})
  void content_isThereForWhoWasAnswered(
      TestDatabases.Kind kind, Dedupe dedupe, @TempDir Path directory) throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    long seed = FIRST;
    var turns = new Turns();
    var blobs = turns.passing(Blobs.class, new MemoryBlobs(new Random(1)), BlobReader.class);
    var database = turns.passing(Database.class, kind.open(directory));
    try (var host = new UploadHost(database, blobs, UploadLimits.DEFAULT.with(dedupe))) {
      List<Access> people =
          List.of(
              host.account("a@example.org", Plan.GOLD), host.account("b@example.org", Plan.GOLD));
      for (; seed < FIRST + LEAST || System.nanoTime() < end; seed++) {
        race(host, people, turns, seed);
      }
    }
    System.out.println(
        "removal, collection and compaction raced (%s, contents shared within the %s): %d orders, seed %d on"
            .formatted(kind, dedupe, seed - FIRST, FIRST));
  }

  private static void race(UploadHost host, List<Access> people, Turns turns, long seed)
      throws InterruptedException {
    try {
      new Race(host, people, turns, seed).run();
      host.collect();
      host.sweep();
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
      assertThat(host.storeFiles()).isZero();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
