package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checksums of a record of any size, in bounded memory. */
class BlockSumsTest {
  private static final ByteBuffer FOOTER = ByteBuffer.wrap(new byte[] {1, 2, 3});

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "64, 0", "65, 0", "16384, 0", "16385, 1", "100000, 1"})
  void sums_areWrittenInOrder(int count, int expectedScratches) throws IOException {
    var scratches = new AtomicInteger();
    var file = new MemoryFile();
    try (var sums =
        new BlockSums(() -> {
          scratches.incrementAndGet();
          return new MemoryFile();
        })) {
      for (int record = 0; record < 2; record++) {
        long start = file.size();
        var expected = ByteBuffer.allocate(4 * count + 3);
        for (int i = 0; i < count; i++) {
          sums.add(i ^ record);
          expected.putInt(i ^ record);
        }
        expected.put(FOOTER.duplicate());
        long written = sums.writeTo(file, start, FOOTER.duplicate());
        assertThat(written).isEqualTo(expected.capacity()).isEqualTo(file.size() - start);
        var found = ByteBuffer.allocate(expected.capacity());
        file.read(found, start);
        assertThat(found.array()).isEqualTo(expected.array());
      }
    }
    assertThat(scratches).hasValue(2 * expectedScratches);
  }

  @Test
  void scratch_onDisk_hasNoName(@TempDir Path directory) throws IOException {
    var layout = new DiskLayout(directory);
    layout.create(Disk.REAL);
    var name = StoreFileName.draw(new Random(1));
    try (var scratch = new DiskFile(Disk.REAL, layout.openScratch(name))) {
      scratch.write(ByteBuffer.wrap(new byte[] {1, 2}), 0);
      try (var files = Files.list(layout.incoming())) {
        assertThat(files).isEmpty();
      }
      var read = ByteBuffer.allocate(3);
      scratch.read(read, 0);
      assertThat(read.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }
  }
}
