package io.consigne.core.uploads;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory that all uploads together receive into; each piece is made when it is first needed.
 */
final class ReceiveMemory {
  private final int blockBytes;
  private final Semaphore small;
  private final Semaphore blocks;
  private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();

  ReceiveMemory(UploadLimits limits) {
    this.blockBytes = limits.blockBytes();
    this.small = new Semaphore(limits.smallMemoryBytes());
    this.blocks = new Semaphore(limits.blocks());
  }

  /** Takes memory for small contents, if there is some left. */
  boolean takeSmall(int bytes) {
    return small.tryAcquire(bytes);
  }

  /** Gives memory for small contents back. */
  void giveSmall(int bytes) {
    small.release(bytes);
  }

  /**
   * An empty block, after waiting for one.
   *
   * @throws UncheckedIOException if the caller was interrupted
   */
  ByteBuffer takeBlock() {
    acquire(blocks);
    ByteBuffer block = idle.poll();
    if (block != null) {
      return block.clear();
    }
    made.incrementAndGet();
    return ByteBuffer.allocate(blockBytes);
  }

  /** Gives a block back. */
  void giveBlock(ByteBuffer block) {
    idle.add(block);
    blocks.release();
  }

  /** How many blocks were made so far. */
  int blocksMade() {
    return made.get();
  }

  /** The memory for small contents that nobody has, in bytes. */
  int smallLeft() {
    return small.availablePermits();
  }

  /** Waits for a permit. */
  static void acquire(Semaphore semaphore) {
    try {
      semaphore.acquire();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** What an interrupted upload throws; the thread stays interrupted. */
  static UncheckedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new UncheckedIOException(new InterruptedIOException("the upload was interrupted"));
  }
}
