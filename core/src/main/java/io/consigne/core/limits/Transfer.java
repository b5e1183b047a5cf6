package io.consigne.core.limits;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One transfer from its begin to its end, whichever way it ends: closing it makes room for another.
 * Used by one thread at a time.
 */
public final class Transfer implements AutoCloseable {
  /** A transfer that no limit holds. */
  static final Transfer FREE = new Transfer(null);

  private final @Nullable Moving moving;
  private boolean closed;

  Transfer(@Nullable Moving moving) {
    this.moving = moving;
  }

  /**
   * Counts bytes, and waits until more may be moved.
   *
   * @throws java.io.UncheckedIOException if the thread is interrupted
   */
  public void moved(long bytes) {
    if (moving != null) {
      moving.moved(bytes);
    }
  }

  /**
   * Counts a piece before it is stored; returns it.
   *
   * @throws java.io.UncheckedIOException if the thread is interrupted
   */
  public @Nullable ByteBuffer counted(@Nullable ByteBuffer piece) {
    if (piece != null) {
      moved(piece.remaining());
    }
    return piece;
  }

  /** A file has ended, whose bytes were counted since the one before did. */
  public void fileEnded() {
    if (moving != null) {
      moving.fileEnded();
    }
  }

  @Override
  public void close() {
    if (moving != null && !closed) {
      closed = true;
      moving.ended();
    }
  }

  /** What stands behind a transfer. */
  interface Moving {
    void moved(long bytes);

    void fileEnded();

    void ended();
  }
}
