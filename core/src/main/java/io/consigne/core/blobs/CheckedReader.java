package io.consigne.core.blobs;

import static io.consigne.core.blobs.RecordFormat.BLOCK_BYTES;
import static io.consigne.core.blobs.RecordFormat.FOOTER_BYTES;
import static io.consigne.core.blobs.RecordFormat.SUM_BYTES;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range of a record block by block; a buffer goes out only after its blocks were checked.
 */
final class CheckedReader implements BlobReader {
  private static final int SUMS_AT_ONCE = 1024;
  private static final Duration WHEN_NEWER = Duration.ofHours(1);

  private final Segment segment;
  private final StoreBytes file;
  private final BufferPool pool;
  private final BlockSum block;
  private final long to;
  private long position;
  private @Nullable ByteBuffer buffer;
  private boolean closed;
  private ByteBuffer sums = ByteBuffer.allocate(0);
  private long sumsFrom;

  /**
   * Reads the bytes {@code from} to {@code to} of {@code segment}, which the caller knows to be
   * within it. The caller closes {@code file} if this throws.
   */
  CheckedReader(Segment segment, long from, long to, StoreBytes file, BufferPool pool) {
    var name = new StoreFileName(segment.storeFile());
    this.segment = segment;
    this.file = file;
    this.pool = pool;
    this.block = new BlockSum(name);
    this.position = from;
    this.to = to;
    checkFooter(name);
  }

  @Override
  public @Nullable ByteBuffer next() {
    if (closed) {
      throw new IllegalStateException("reader is closed: " + segment);
    }
    if (position >= to) {
      return null;
    }
    if (buffer == null) {
      buffer = pool.take();
    }
    long start = position - position % BLOCK_BYTES;
    long end = Math.min(start + buffer.capacity(), endOfBlock(to));
    ByteBuffer bytes = buffer.clear().limit((int) (end - start));
    readFully(bytes, segment.offset() + start);
    for (long at = start; at < end; at += BLOCK_BYTES) {
      int first = (int) (at - start);
      check(at, bytes.duplicate().position(first).limit((int) (endOfBlock(at + 1) - start)));
    }
    int skip = (int) (position - start);
    position = Math.min(to, end);
    return bytes.slice(skip, (int) (position - start) - skip).asReadOnlyBuffer();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (buffer != null) {
      pool.give(buffer);
      buffer = null;
    }
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of the block that holds the byte before {@code end}, which is above 0. */
  private long endOfBlock(long end) {
    long blocks = RecordFormat.blocks(end);
    return Math.min(segment.length(), blocks * BLOCK_BYTES);
  }

  private void check(long at, ByteBuffer bytes) {
    block.begin(segment.offset() + at);
    block.update(bytes);
    if (block.value() != sum(at / BLOCK_BYTES)) {
      throw rotten(segment.offset() + at, "the block's checksum differs");
    }
  }

  private int sum(long number) {
    if (number < sumsFrom || number >= sumsFrom + sums.limit() / SUM_BYTES) {
      long count = Math.min(SUMS_AT_ONCE, RecordFormat.blocks(to) - number);
      sums = ByteBuffer.allocate((int) count * SUM_BYTES);
      sumsFrom = number;
      readFully(sums, segment.offset() + segment.length() + number * SUM_BYTES);
    }
    return sums.getInt((int) (number - sumsFrom) * SUM_BYTES);
  }

  private void checkFooter(StoreFileName name) {
    long afterData = size() - segment.offset() - segment.length();
    long sumsBytes = RecordFormat.sumsBytes(segment.length());
    if (afterData < sumsBytes + FOOTER_BYTES) {
      throw rotten(segment.offset(), "the store file ends before the record does");
    }
    long at = segment.offset() + segment.length() + sumsBytes;
    var found = ByteBuffer.allocate(FOOTER_BYTES);
    readFully(found, at);
    if (!found.flip().equals(RecordFormat.footer(name, segment.offset(), segment.length()))) {
      if (RecordFormat.isNewer(found)) {
        throw new Failure.Unavailable(
                "The stored content was written by a newer version of this program", WHEN_NEWER)
            .asException();
      }
      throw rotten(at, "the record's footer differs");
    }
  }

  private long size() {
    try {
      return file.size();
    } catch (IOException e) {
      throw ReadFault.of(segment.storeFile(), segment.offset(), e);
    }
  }

  private void readFully(ByteBuffer into, long at) {
    try {
      file.read(into, at);
    } catch (IOException e) {
      throw ReadFault.of(segment.storeFile(), at, e);
    }
    if (into.hasRemaining()) {
      throw rotten(at + into.position(), "the store file ends here");
    }
  }

  private FailureException rotten(long at, String what) {
    return new Failure.Rotten(segment.storeFile() + " at " + at + ": " + what).asException();
  }
}
