package io.consigne.core.blobs;

import io.consigne.core.failure.Failure;
import java.util.List;

/**
 * A run of bytes in a store file, as the database has it. A damaged row may have one that cannot
 * be, which is {@code Rotten} when it is opened.
 *
 * @param storeFile the store file's name
 * @param offset where the first byte stands, in bytes from the store file's begin
 * @param length how many bytes; 0 for an empty content
 */
public record Segment(String storeFile, long offset, long length) {
  /** More than any file has, and so little that the end of a record is a {@code long}. */
  private static final long MOST = 1L << 61;

  /** Whether a store file may have such a run of bytes. */
  boolean isPossible() {
    return offset >= 0 && offset <= MOST && length >= 0 && length <= MOST;
  }

  /** Whether a store file may be called that; a damaged row may have any text. */
  public boolean isNamed() {
    return StoreFileName.isShapeOf(storeFile);
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

  /**
   * Refuses a range that is not within this segment.
   *
   * @throws io.consigne.core.failure.FailureException {@code Rotten} if there can be no such
   *     segment
   */
  void checkRange(long from, long to) {
    if (!isPossible()) {
      throw new Failure.Rotten(storeFile + " at " + offset + ": no record has " + length + " bytes")
          .asException();
    }
    if (from < 0 || to < from || to > length) {
      throw new IllegalArgumentException(
          "range " + from + " to " + to + " is not within " + length + " bytes");
    }
  }
}
