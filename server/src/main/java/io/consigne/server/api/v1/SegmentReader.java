package io.consigne.server.api.v1;

import io.consigne.core.blobs.BlobReader;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a range of a content across its segments. */
final class SegmentReader implements AutoCloseable {
  private static final Failure UNREAD =
      new Failure.Unavailable("The stored content cannot be read now", Duration.ofSeconds(30));

  private final Blobs blobs;
  private final Deque<Slice> left = new ArrayDeque<>();
  private @Nullable BlobReader open;

  SegmentReader(Blobs blobs, List<Segment> segments, long from, long to) {
    this.blobs = blobs;
    long begin = 0;
    for (Segment segment : segments) {
      long end = begin + segment.length();
      long first = Math.max(from, begin);
      long last = Math.min(to, end);
      if (first < last) {
        left.add(new Slice(segment, first - begin, last - begin));
      }
      begin = end;
    }
  }

  /**
   * The next bytes, good until the next call; null at the end.
   *
   * @throws FailureException as {@link Blobs#open} and {@link BlobReader#next}; {@code Unavailable}
   *     if the system did not let us read, of which the cause tells
   */
  @Nullable ByteBuffer next() {
    try {
      return read();
    } catch (UncheckedIOException e) {
      throw new FailureException(UNREAD, e);
    }
  }

  private @Nullable ByteBuffer read() {
    while (true) {
      ByteBuffer bytes = open == null ? null : open.next();
      if (bytes != null) {
        return bytes;
      }
      close();
      Slice slice = left.poll();
      if (slice == null) {
        return null;
      }
      open = blobs.open(slice.segment(), slice.from(), slice.to());
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private record Slice(Segment segment, long from, long to) {}
}
