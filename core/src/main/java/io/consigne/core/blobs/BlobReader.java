package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes of a segment in order, each checked before it is handed out. One thread at a time.
 */
public interface BlobReader extends AutoCloseable {
  /**
   * The next bytes, at least one, in a buffer that was checked as a whole and is good until the
   * next call of this or of {@link #close}; null at the end. It may be a direct buffer and cannot
   * be written to.
   *
   * @throws io.consigne.core.failure.FailureException {@code Rotten} if the bytes are not those
   *     that were written; none of the block was handed out
   */
  @Nullable ByteBuffer next();

  @Override
  void close();
}
