package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many virtual threads write, read and delete at once. */
class ConcurrencyTest {
  private static final int THREADS = 32;

  @TempDir Path directory;

  @Test
  void threads_doNotDisturbEachOther_onDisk() throws Exception {
    run(new DiskBlobs(directory, new Random(1)));
  }

  @Test
  void threads_doNotDisturbEachOther_inMemory() throws Exception {
    run(new MemoryBlobs(new Random(1)));
  }

  private static void run(Blobs blobs) throws Exception {
    var shared = random(99, 10 * RecordFormat.BLOCK_BYTES + 1);
    var segment = StoredBytes.keep(blobs, shared);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<?>>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        futures.add(
            threads.submit(() -> {
              assertThat(read(blobs, segment)).isEqualTo(shared);
              keepAndDelete(blobs, seed);
              return null;
            }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }
    var left = new ArrayList<String>();
    blobs.forEach((name, size) -> left.add(name));
    assertThat(left).containsExactly(segment.storeFile());
  }

  private static void keepAndDelete(Blobs blobs, int seed) {
    for (int round = 0; round < 5; round++) {
      var bytes = random(seed, 100_000 * round + seed);
      var segment = StoredBytes.keep(blobs, bytes);
      assertThat(read(blobs, segment)).isEqualTo(bytes);
      blobs.delete(segment.storeFile());
    }
  }
}
