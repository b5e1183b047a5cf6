package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.blobs.TestStores;
import io.consigne.core.blobs.UnsyncedDisk;
import io.consigne.core.blobs.UnsyncedDisk.Loss;
import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.TestHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A host of many small files loses its power at each single step of its store: in uploads, when
 * packs are begun and full, in collection and compaction, and at the start after it. The database
 * keeps what it committed.
 */
class HostPowerLossTest {
  @TempDir Path temporary;
  private int seeds;

  /** What was answered: the files that are there. */
  private static final class Story {
    private final UploadHost host;
    private final Access access;
    private final Map<LinkId, byte[]> files = new LinkedHashMap<>();

    Story(UploadHost host, Access access) {
      this.host = host;
      this.access = access;
    }

    void run() {
      for (int i = 1; i <= 7; i++) {
        keep(StoredBytes.random(i, 400 * i));
      }
      keepTogether();
      keep(StoredBytes.random(3, 1200));
      remove(0, 1, 3, 4, 5);
      host.collect();
      assertThat(compact()).isPositive();
      keep(StoredBytes.random(20, 10));
      host.collect();
    }

    /** Of the first pack one content stays alive, of the second none. */
    private void remove(int... numbers) {
      var links = List.copyOf(files.keySet());
      for (int number : numbers) {
        host.files.remove(access, List.of(links.get(number)));
        files.remove(links.get(number));
      }
    }

    long compact() {
      return TestStores.eagerCompaction(host.database, host.blobs, host.clock).round();
    }

    private void keep(byte[] bytes) {
      files.put(host.keep(access, "file", bytes).link(), bytes);
    }

    private void keepTogether() {
      var sent =
          List.of(
              StoredBytes.random(11, 700),
              StoredBytes.random(12, 0),
              StoredBytes.random(13, 900),
              StoredBytes.random(14, 200_000));
      try (Upload upload = host.begin(access)) {
        sent.forEach(bytes -> UploadHost.send(upload, "file", bytes));
        var kept = upload.commit(UploadForm.PLAIN).kept();
        for (int i = 0; i < sent.size(); i++) {
          files.put(kept.get(i).link(), sent.get(i));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE, NOTHING",
    "SQLITE, BYTES",
    "SQLITE, BYTES_TO_ZEROS",
    "SQLITE, BYTES_AND_ENTRIES",
    "POSTGRES, BYTES_AND_ENTRIES"
  })
  void powerLoss_atEachStep_losesNothingAnswered(TestDatabases.Kind kind, Loss loss)
      throws IOException {
    try (Database database = kind.open(temporary)) {
      int step = 0;
      boolean off = true;
      while (off) {
        step++;
        var run = new Run(database);
        off = run.story(step, loss);
        run.recover();
      }
      assertThat(step).isGreaterThan(50);
    }
  }

  @ParameterizedTest
  @EnumSource
  void powerLoss_atEachStepOfTheStart_losesNothingAnswered(Loss loss) throws IOException {
    try (Database database = TestDatabases.sqlite(temporary)) {
      for (int step = 10; step < 50; step += 6) {
        int startStep = 0;
        boolean off = true;
        while (off) {
          startStep++;
          var run = new Run(database);
          run.story(step, Loss.NOTHING);
          off = run.start(startStep, loss);
          run.recover();
        }
        assertThat(startStep).isGreaterThan(1);
      }
    }
  }

  /** One store and one account, which live through losses of power. */
  private final class Run {
    private final Database database;
    private final Path directory = temporary.resolve("store" + seeds++);
    private final Access access;
    private Map<LinkId, byte[]> answered = Map.of();

    Run(Database database) {
      this.database = database;
      this.access = new TestHost(database).newAccount(Plan.GOLD);
    }

    /** Does everything that is to be survived, up to a step; false if it has fewer steps. */
    boolean story(int lastStep, Loss loss) throws IOException {
      return powered(
          lastStep,
          loss,
          host -> {
            var story = new Story(host, access);
            answered = story.files;
            story.run();
          });
    }

    /** Starts, up to a step. */
    boolean start(int lastStep, Loss loss) throws IOException {
      return powered(lastStep, loss, UploadHost::sweep);
    }

    /** Starts, finds everything, removes it, and finds nothing. */
    void recover() throws IOException {
      powered(
          Integer.MAX_VALUE,
          Loss.NOTHING,
          host -> {
            host.sweep();
            host.collect();
            check(host);
            new Story(host, access).compact();
            host.collect();
            check(host);
            if (!answered.isEmpty()) {
              host.files.remove(access, List.copyOf(answered.keySet()));
            }
            host.collect();
            assertThat(host.storeFiles()).isZero();
            assertThat(Ledger.faults(database, host.blobs)).isEmpty();
          });
    }

    private boolean powered(int lastStep, Loss loss, Steps steps) throws IOException {
      Path removed = Files.createDirectory(temporary.resolve("removed" + seeds++));
      var disk = new UnsyncedDisk(removed, lastStep);
      try (Blobs blobs = TestStores.smallPacks(directory, seeds++, disk)) {
        blobs.clear();
        var host = new UploadHost(database, blobs);
        try (var _ = host.uploads) {
          steps.run(host);
        }
      } catch (UncheckedIOException e) {
        assertThat(disk.isOff()).isTrue();
      }
      disk.lose(loss);
      return disk.isOff();
    }

    private void check(UploadHost host) {
      answered.forEach((link, bytes) -> assertThat(host.read(access, link)).isEqualTo(bytes));
      assertThat(Ledger.faults(database, host.blobs)).isEmpty();
      host.blobs.forEach((name, size) -> StoredBytes.walk(host.blobs, name, bytes(name)));
    }

    private byte[] bytes(String name) {
      try {
        return Files.readAllBytes(directory.resolve(name.substring(0, 2)).resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private interface Steps {
    void run(UploadHost host) throws IOException;
  }
}
