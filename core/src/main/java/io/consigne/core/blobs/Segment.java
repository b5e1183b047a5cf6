package io.consigne.core.blobs;

import java.util.List;

/**
 * A run of bytes in a store file.
 *
 * @param storeFile the store file's name
 * @param offset where the first byte stands, in bytes from the store file's begin
 * @param length how many bytes; 0 for an empty content
 */
public record Segment(String storeFile, long offset, long length) {
  /** Refuses negative numbers, and an end that a {@code long} cannot hold. */
  public Segment {
    if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("segment out of bounds: " + offset + "+" + length);
    }
  }

  /** Where the record that this is of ends, its checksums and footer included. */
  public long recordEnd() {
    return offset + length + RecordFormat.sumsBytes(length) + RecordFormat.FOOTER_BYTES;
  }

  /** How many bytes that record takes. */
  public long recordBytes() {
    return recordEnd() - offset;
  }

  /** {@link #recordBytes} of a segment whose length is the SQL expression {@code length}. */
  public static String recordBytes(String length) {
    return "(%1$s + (%1$s + %2$d) / %3$d * %4$d + %5$d)"
        .formatted(
            length,
            RecordFormat.BLOCK_BYTES - 1,
            RecordFormat.BLOCK_BYTES,
            RecordFormat.SUM_BYTES,
            RecordFormat.FOOTER_BYTES);
  }

  /** How many bytes these segments have together. */
  public static long bytes(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::length).sum();
  }

  /** Refuses a range that is not within this segment. */
  void checkRange(long from, long to) {
    if (from < 0 || to < from || to > length) {
      throw new IllegalArgumentException(
          "range " + from + " to " + to + " is not within " + length + " bytes");
    }
  }
}
