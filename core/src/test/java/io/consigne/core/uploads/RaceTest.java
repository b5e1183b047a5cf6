package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.BlobReader;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.Turns;
import io.consigne.core.upkeep.HostFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Removal, collection and compaction raced against uploads, copies, readers and backups of the same
 * content, in thousands of orders that seeds give, and in some on the store of real hosts; a
 * failing one is run again by {@code -Dconsigne.race.seed}.
 */
class RaceTest {
  private static final int SECONDS = Integer.getInteger("consigne.race.seconds", -1);
  private static final long FIRST = Long.getLong("consigne.race.seed", 1);

  @ParameterizedTest
  @CsvSource({
    "SQLITE, ACCOUNT, DISK",
    "POSTGRES, HOST, DISK",
    "SQLITE, ACCOUNT, MEMORY",
    "SQLITE, HOST, MEMORY",
    "POSTGRES, ACCOUNT, MEMORY",
    "POSTGRES, HOST, MEMORY"
  })
  void content_isThereForWhoWasAnswered(
      TestDatabases.Kind kind, Dedupe dedupe, Store store, @TempDir Path directory)
      throws Exception {
    var files = new HostFiles(Files.createDirectory(directory.resolve("host")));
    Files.createDirectory(files.blobs());
    long end = System.nanoTime() + store.time().toNanos();
    long seed = FIRST;
    int made;
    int moved;
    var turns = new Turns();
    var blobs = turns.passing(Blobs.class, store.open(files), BlobReader.class);
    Database plain =
        kind == TestDatabases.Kind.SQLITE
            ? Databases.sqlite(files.database())
            : kind.open(directory);
    var database = turns.passing(Database.class, plain);
    try (var host = new UploadHost(database, blobs, UploadLimits.DEFAULT.with(dedupe));
        var backups = new RaceBackups(host, plain, files, turns, Race.GRACE)) {
      List<Access> people =
          List.of(
              host.account("a@example.org", Plan.GOLD), host.account("b@example.org", Plan.GOLD));
      for (; seed < FIRST + store.least || System.nanoTime() < end; seed++) {
        race(host, backups, people, turns, seed);
      }
      made = backups.made();
      moved = backups.moved();
    }
    System.out.println(
        """
        removal, collection and compaction raced (%s, %s, contents shared within the %s): \
        %d orders, %d backups, %d contents moved, seed %d on\
        """
            .formatted(kind, store, dedupe, seed - FIRST, made, moved, FIRST));
    assertThat(made).isPositive();
    assertThat(moved).isGreaterThanOrEqualTo(store.leastMoved);
  }

  private static void race(
      UploadHost host, RaceBackups backups, List<Access> people, Turns turns, long seed)
      throws InterruptedException {
    try {
      new Race(host, backups, people, turns, seed).run();
      host.collect();
      host.sweep();
      assertThat(Ledger.faults(host.database, host.blobs)).isEmpty();
      assertThat(host.storeFiles()).isZero();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** Where contents are stored, and how many orders are tried there, and how long. */
  enum Store {
    MEMORY(300, 8, 1) {
      @Override
      Blobs open(HostFiles files) {
        return new MemoryBlobs(new Random(1));
      }
    },
    /** Of its few orders there may be none in which something is moved. */
    DISK(60, 0, 0) {
      @Override
      Blobs open(HostFiles files) {
        return new DiskBlobs(files.blobs(), new Random(1));
      }
    };

    private final int least;
    private final int usualSeconds;
    private final int leastMoved;

    Store(int least, int usualSeconds, int leastMoved) {
      this.least = least;
      this.usualSeconds = usualSeconds;
      this.leastMoved = leastMoved;
    }

    abstract Blobs open(HostFiles files);

    Duration time() {
      return Duration.ofSeconds(SECONDS < 0 ? usualSeconds : SECONDS);
    }
  }
}
