package io.consigne.core.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Whether this user may write no more to a disk that has room for others. */
final class DiskQuota {
  private static final String PROBE = "quota-probe";
  private static final int PROBE_BYTES = 64 << 10;

  /** The words of the system. */
  private static final String USED_UP = "Disk quota exceeded";

  private DiskQuota() {}

  /** Tries to write a file in this directory, which is gone afterwards. */
  static boolean isUsedUp(Path directory) {
    try (FileChannel probe =
        FileChannel.open(
            directory.resolve(PROBE),
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE))) {
      ByteBuffer bytes = ByteBuffer.allocate(PROBE_BYTES);
      while (bytes.hasRemaining()) {
        probe.write(bytes);
      }
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains(USED_UP);
    }
  }
}
