package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of uploads has bounds, whatever their number and size. */
class ReceiveMemoryTest {
  private static final int SMALL_BYTES = 20_000;
  private static final int SMALL_MEMORY_BYTES = 100_000;
  private static final int BLOCKS = 6;
  private static final UploadLimits LIMITS =
      new UploadLimits(
          SMALL_BYTES,
          SMALL_BYTES,
          SMALL_MEMORY_BYTES,
          4096,
          2,
          BLOCKS,
          2,
          Duration.ofHours(2),
          Dedupe.ACCOUNT);

  @TempDir Path directory;

  @Test
  void manySlowUploads_takeWhatIsAllowed_andAllAreWhole() {
    try (var host = host()) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      var uploads = new ArrayList<Upload>();
      var files = new ArrayList<Incoming>();
      for (int i = 0; i < 30; i++) {
        Upload upload = host.begin(alice);
        uploads.add(upload);
        Incoming file = upload.file("f", null);
        file.write(ByteBuffer.wrap(StoredBytes.random(i, 10_000)));
        files.add(file);
      }
      assertThat(host.uploads.memory().smallLeft())
          .isBetween(0, SMALL_MEMORY_BYTES - 9 * 10_000 / 2);
      for (int i = 0; i < uploads.size(); i++) {
        files.get(i).end();
        UploadedFile.Kept kept = uploads.get(i).commit(UploadForm.PLAIN).kept().getFirst();
        uploads.get(i).close();
        assertThat(host.read(alice, kept.link())).isEqualTo(StoredBytes.random(i, 10_000));
      }
      assertThat(host.uploads.memory().smallLeft()).isEqualTo(SMALL_MEMORY_BYTES);
      assertThat(host.uploads.memory().blocksMade()).isLessThanOrEqualTo(BLOCKS);
    }
  }

  @Test
  void manyLargeUploadsAtOnce_shareTheBlocks() throws Exception {
    try (var host = host();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      var calls = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 20; i++) {
        byte[] bytes = StoredBytes.random(i, 500_000);
        calls.add(() -> {
          UploadedFile.Kept kept = host.keep(alice, "f", bytes);
          return java.util.Arrays.equals(host.read(alice, kept.link()), bytes);
        });
      }
      for (var each : List.copyOf(threads.invokeAll(calls))) {
        assertThat(each.get()).isTrue();
      }
      assertThat(host.uploads.memory().blocksMade()).isBetween(1, BLOCKS);
    }
  }

  @Test
  void uploadsThatNobodyWaitsFor_leaveHalfOfTheBlocksToOthers() throws Exception {
    try (var host = host();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Access alice = host.account("alice@example.org", Plan.GOLD);
      var calls = new ArrayList<Callable<Boolean>>();
      for (int i = 0; i < 20; i++) {
        byte[] bytes = StoredBytes.random(i, 500_000);
        calls.add(() -> {
          try (Upload upload = host.uploads.beginAside(Sender.identified(alice))) {
            Incoming file = upload.file("f", null);
            file.write(ByteBuffer.wrap(bytes));
            file.end();
            UploadedFile.Kept kept = upload.commit(UploadForm.PLAIN).kept().getFirst();
            return java.util.Arrays.equals(host.read(alice, kept.link()), bytes);
          }
        });
      }
      for (var each : List.copyOf(threads.invokeAll(calls))) {
        assertThat(each.get()).isTrue();
      }
      assertThat(host.uploads.memory().blocksMade()).isBetween(1, BLOCKS / 2);
    }
  }

  private UploadHost host() {
    return new UploadHost(TestDatabases.sqlite(directory), new MemoryBlobs(new Random(1)), LIMITS);
  }
}
