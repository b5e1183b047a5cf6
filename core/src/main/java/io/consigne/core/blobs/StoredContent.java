package io.consigne.core.blobs;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/** Reads whole contents, each block checked. */
public final class StoredContent {
  private final Blobs blobs;

  /** Reads from {@code blobs}. */
  public StoredContent(Blobs blobs) {
    this.blobs = blobs;
  }

  /**
   * Hands the bytes of the segments in order to {@code taker}, until it answers false.
   *
   * @return whether all of them were taken
   * @throws FailureException {@code Rotten}
   */
  public boolean read(List<Segment> segments, Predicate<ByteBuffer> taker) {
    for (Segment segment : segments) {
      try (BlobReader reader = blobs.open(segment, 0, segment.length())) {
        for (ByteBuffer next = reader.next(); next != null; next = reader.next()) {
          if (!taker.test(next)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * Whether these have all bytes of a content of that size, which can be read and are those that
   * were written. An empty content has a segment, too: without one, a row of it was lost.
   *
   * @throws UncheckedIOException if the caller was interrupted
   */
  public boolean isSound(List<Segment> segments, long size) {
    try {
      return !segments.isEmpty()
          && Segment.bytes(segments) == size
          && read(segments, bytes -> true);
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.Rotten) {
        return false;
      }
      throw e;
    } catch (UncheckedIOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return false;
    }
  }
}
