package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Direct buffers for readers, of which there may be as many as there are connections: the first
 * ones get large buffers, all further ones small ones, so that memory is bounded. A few idle ones
 * are kept; the garbage collector frees the others.
 */
final class BufferPool {
  /** The size of a large buffer: whole blocks. */
  static final int BUFFER_BYTES = 4 * RecordFormat.BLOCK_BYTES;

  /** The size of a small buffer: one block. */
  static final int SMALL_BYTES = RecordFormat.BLOCK_BYTES;

  /** How many large buffers there are at most. */
  static final int LARGE_BUFFERS = 256;

  private static final int IDLE_BUFFERS = 32;

  private final ArrayBlockingQueue<ByteBuffer> idle = new ArrayBlockingQueue<>(IDLE_BUFFERS);
  private final Semaphore large = new Semaphore(LARGE_BUFFERS);

  /** An empty buffer that nobody else has. */
  ByteBuffer take() {
    ByteBuffer buffer = idle.poll();
    if (buffer != null) {
      return buffer.clear();
    }
    return ByteBuffer.allocateDirect(large.tryAcquire() ? BUFFER_BYTES : SMALL_BYTES);
  }

  /** Takes back a buffer that its user does not touch any more. */
  void give(ByteBuffer buffer) {
    if (buffer.capacity() == BUFFER_BYTES && !idle.offer(buffer)) {
      large.release();
    }
  }
}
