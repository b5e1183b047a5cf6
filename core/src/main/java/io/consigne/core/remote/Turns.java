package io.consigne.core.remote;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Whose bytes are taken now. Fetches whose sources have more ready than was taken have turns, a few
 * at a time, in the order in which they came: so the files of many that are asked for at once are
 * complete one after the other, the disk makes one durable while the next is received, and what
 * answers requests has not all of them beside it. Fetches whose sources bring little at a time need
 * no turn: their pieces go in between.
 *
 * <p>A turn ends when enough was taken or its time is over, wherever its fetch is: a source that
 * pauses after it seemed ready holds nobody up for longer.
 */
final class Turns {
  private final RemoteLimits.Turn limits;
  private final LongSupplier nanoTime;
  private final int atOnce;
  private final Semaphore pieces;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private final Deque<Turn> running = new ArrayDeque<>();

  /** With {@code atOnce} turns at a time. */
  Turns(RemoteLimits.Turn limits, LongSupplier nanoTime, int atOnce) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.atOnce = atOnce;
    this.pieces = new Semaphore(atOnce, true);
  }

  /** The turns of one fetch, which has none yet. */
  Turn none() {
    return new Turn();
  }

  /** Ends the turns whose time is over, and says how long the oldest other one may still be. */
  private long expire() {
    long now = nanoTime.getAsLong();
    long shortest = Long.MAX_VALUE;
    for (Iterator<Turn> turns = running.iterator(); turns.hasNext(); ) {
      long left = limits.time().toNanos() - (now - turns.next().beganNanos);
      if (left <= 0) {
        turns.remove();
      } else {
        shortest = Math.min(shortest, left);
      }
    }
    return shortest;
  }

  private void wakeNext() {
    Turn next = waiting.peek();
    if (next != null) {
      next.first.signal();
    }
  }

  /** The turns of one fetch. Used by one thread. */
  final class Turn implements AutoCloseable {
    private final Condition first = lock.newCondition();
    private long bytes;
    private long beganNanos;

    private Turn() {}

    /** Whether it is the turn of this fetch. */
    boolean isHeld() {
      lock.lock();
      try {
        return running.contains(this);
      } finally {
        lock.unlock();
      }
    }

    /**
     * Moves a piece, after waiting until it may.
     *
     * @param more whether the source has more ready
     * @throws InterruptedIOException if it was interrupted meanwhile; nothing was moved
     */
    void move(int count, boolean more, Runnable piece) throws InterruptedIOException {
      try {
        if (more || isHeld()) {
          await();
          piece.run();
          moved(count, more);
          return;
        }
        pieces.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while others had their turn");
      }
      try {
        piece.run();
      } finally {
        pieces.release();
      }
    }

    private void await() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        if (running.contains(this)) {
          return;
        }
        waiting.add(this);
        try {
          awaitPlace();
          bytes = 0;
          beganNanos = nanoTime.getAsLong();
          running.add(this);
        } finally {
          waiting.remove(this);
          wakeNext();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Who comes first waits for a place; the others wait to be first. */
    private void awaitPlace() throws InterruptedException {
      while (waiting.peek() != this) {
        first.await();
      }
      long left = expire();
      while (running.size() >= atOnce) {
        var _ = first.awaitNanos(left);
        left = expire();
      }
    }

    private void moved(int count, boolean more) {
      bytes += count;
      if (!more || bytes >= limits.bytes()) {
        end();
      }
    }

    @Override
    public void close() {
      end();
    }

    /** Ends the turn, if it is one; the next piece may have to wait for another. */
    void end() {
      lock.lock();
      try {
        if (running.remove(this)) {
          wakeNext();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
