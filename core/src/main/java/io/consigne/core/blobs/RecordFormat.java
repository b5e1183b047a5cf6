package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The layout of a record: its bytes, the checksum of each block of them, a footer. All numbers are
 * big-endian. The byte layout stands in {@code docs/disk-format.md}, section "Store files".
 */
final class RecordFormat {
  /** How many bytes one checksum covers; the last block of a record may be shorter. */
  static final int BLOCK_BYTES = 64 * 1024;

  /** The size of a block's checksum. */
  static final int SUM_BYTES = Integer.BYTES;

  /** The size of the footer. */
  static final int FOOTER_BYTES = 52;

  private static final byte[] MAGIC = "consigne".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private RecordFormat() {}

  /** How many blocks a record of {@code length} bytes has. */
  static long blocks(long length) {
    return length / BLOCK_BYTES + (length % BLOCK_BYTES == 0 ? 0 : 1);
  }

  /** How many bytes the checksums of a record of {@code length} bytes take. */
  static long sumsBytes(long length) {
    return blocks(length) * SUM_BYTES;
  }

  /** The footer of the record that {@code length} bytes at {@code offset} of the file make. */
  static ByteBuffer footer(StoreFileName file, long offset, long length) {
    var footer = ByteBuffer.allocate(FOOTER_BYTES);
    footer.put(MAGIC).putInt(VERSION).putInt(BLOCK_BYTES);
    footer.putLong(offset).putLong(length).put(file.bytes());
    var crc = new CRC32C();
    crc.update(footer.array(), 0, footer.position());
    return footer.putInt((int) crc.getValue()).flip();
  }

  /** Whether these bytes are the sound footer of a record in a version later than this one. */
  static boolean isNewer(ByteBuffer footer) {
    byte[] bytes = new byte[FOOTER_BYTES];
    footer.get(footer.position(), bytes);
    var crc = new CRC32C();
    crc.update(bytes, 0, FOOTER_BYTES - SUM_BYTES);
    var fields = ByteBuffer.wrap(bytes);
    return Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))
        && fields.getInt(MAGIC.length) > VERSION
        && fields.getInt(FOOTER_BYTES - SUM_BYTES) == (int) crc.getValue();
  }
}
