package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older copy with a sector that the disk cannot read loses no more than that. */
class StoreCopyDamageTest {
  private static final int SECTOR = 4096;
  private static final int BAD = 70_000;

  @TempDir Path directory;

  /** What stood behind it was left out, and then the older copy was replaced. */
  @Test
  void whatStandsBehindABadSector_isCarriedOver() throws IOException {
    byte[] bytes = StoredBytes.random(1, 300_000);
    byte[] expected = bytes.clone();
    int sector = BAD / SECTOR * SECTOR;
    Arrays.fill(expected, sector, sector + SECTOR, (byte) 0);
    try (StoreBytes older = file("older");
        StoreBytes to = file("new")) {
      older.write(ByteBuffer.wrap(bytes), 0);
      StoreCopy.carryOver(new BadSector(older), to);

      var carried = ByteBuffer.allocate(bytes.length + 1);
      to.read(carried, 0);
      assertThat(Arrays.copyOf(carried.array(), carried.position())).isEqualTo(expected);
    }
  }

  private StoreBytes file(String name) throws IOException {
    var options =
        new StandardOpenOption[] {
          StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE
        };
    return new DiskFile(Disk.REAL, FileChannel.open(directory.resolve(name), options));
  }

  /** One byte cannot be read, nor anything together with it. */
  private record BadSector(StoreBytes sound) implements StoreBytes {
    @Override
    public void read(ByteBuffer into, long position) throws IOException {
      if (position <= BAD && position + into.remaining() > BAD) {
        throw new IOException("Input/output error");
      }
      sound.read(into, position);
    }

    @Override
    public void write(ByteBuffer bytes, long position) {
      throw new AssertionError("the older copy is not written to");
    }

    @Override
    public long size() throws IOException {
      return sound.size();
    }

    @Override
    public void close() throws IOException {
      sound.close();
    }
  }
}
