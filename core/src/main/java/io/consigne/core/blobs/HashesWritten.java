package io.consigne.core.blobs;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells those who wait for a hash that some were written. */
public final class HashesWritten {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long count;

  HashesWritten() {}

  /** How often hashes were written; to be taken before looking for one. */
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the count is another than {@code seen}; false if the time is over before. */
  public boolean await(long seen, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (count == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return count != seen;
    } finally {
      lock.unlock();
    }
  }

  void signal() {
    lock.lock();
    try {
      count++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
