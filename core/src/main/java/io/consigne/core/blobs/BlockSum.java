package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Computes the checksum of a block: CRC32C over the store file's name, the position of the block's
 * first byte in the store file, and the block's bytes. So good bytes at a wrong place fail too.
 */
final class BlockSum {
  private static final int NAME_BYTES = 16;

  private final CRC32C crc = new CRC32C();
  private final byte[] place;

  /** Makes checksums for blocks of {@code file}. */
  BlockSum(StoreFileName file) {
    place = ByteBuffer.allocate(NAME_BYTES + Long.BYTES).put(file.bytes()).array();
  }

  /** Starts a block at {@code position} of the store file. */
  void begin(long position) {
    ByteBuffer.wrap(place).putLong(NAME_BYTES, position);
    crc.reset();
    crc.update(place);
  }

  /** Takes in the remaining bytes of {@code bytes}, and leaves none. */
  void update(ByteBuffer bytes) {
    crc.update(bytes);
  }

  /** The checksum of what came since {@link #begin}. */
  int value() {
    return (int) crc.getValue();
  }
}
