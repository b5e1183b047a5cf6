package io.consigne.client.transfer;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/**
 * Requests of one kind that a client makes at once, whoever makes them. Who has waited longest is
 * next.
 */
public final class Turns {
  private final Semaphore free;

  /**
   * Nobody has a turn yet.
   *
   * @param atOnce how many may have one at the same time
   */
  public Turns(int atOnce) {
    this.free = new Semaphore(atOnce, true);
  }

  /** A turn, until it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for a turn. */
  Turn take() throws InterruptedIOException {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted before a transfer");
      interrupted.initCause(e);
      throw interrupted;
    }
    return free::release;
  }
}
