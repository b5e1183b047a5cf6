package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers for readers. A few idle ones are kept; when more readers are open than that, the
 * further ones get buffers that the garbage collector frees.
 */
final class BufferPool {
  /** The size of each buffer: whole blocks. */
  static final int BUFFER_BYTES = 4 * RecordFormat.BLOCK_BYTES;

  private static final int IDLE_BUFFERS = 32;

  private final ArrayBlockingQueue<ByteBuffer> idle = new ArrayBlockingQueue<>(IDLE_BUFFERS);

  /** An empty buffer that nobody else has. */
  ByteBuffer take() {
    ByteBuffer buffer = idle.poll();
    return buffer == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : buffer.clear();
  }

  /** Takes back a buffer that its user does not touch any more. */
  void give(ByteBuffer buffer) {
    idle.offer(buffer);
  }
}
