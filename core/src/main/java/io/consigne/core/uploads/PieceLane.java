package io.consigne.core.uploads;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing to the pieces of one content in order, on a thread of an executor while more are
 * received. A thread takes some pieces at a time, so that contents that never pause do not keep
 * others waiting.
 */
final class PieceLane {
  /** How many pieces a thread takes before others have their turn: changing costs a wake-up. */
  private static final int PIECES_A_TURN = 8;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Executor threads;
  private final Consumer<ByteBuffer> work;
  private final Queue<Piece> waiting = new ArrayDeque<>();
  private boolean running;
  private volatile @Nullable Throwable fault;
  private volatile boolean abandoned;

  /**
   * Uses one of {@code threads} at a time.
   *
   * @param work is done to each piece; after it failed, to none
   */
  PieceLane(Executor threads, Consumer<ByteBuffer> work) {
    this.threads = threads;
    this.work = work;
  }

  /** Adds bytes, which are not changed until {@code done} is called, also if the work failed. */
  void add(ByteBuffer bytes, Runnable done) {
    synchronized (waiting) {
      waiting.add(new Piece(bytes, done));
      if (running) {
        return;
      }
      running = true;
    }
    begin();
  }

  /** Without a thread the work is done here, or its end would never come. */
  private void begin() {
    try {
      threads.execute(this::takeTurn);
    } catch (RejectedExecutionException | OutOfMemoryError none) {
      takeTurn();
    }
  }

  /** Completes when the work on all that was added is done; fails as the work did. */
  CompletableFuture<@Nullable Void> done() {
    var done = new CompletableFuture<@Nullable Void>();
    add(
        NOTHING,
        () -> {
          Throwable failed = fault;
          if (failed == null) {
            done.complete(null);
          } else {
            done.completeExceptionally(failed);
          }
        });
    return done;
  }

  /** Leaves out what is waiting, and returns when no work is being done any more. */
  void abandon() {
    abandoned = true;
    done().exceptionally(failed -> null).join();
  }

  /** Throws what the work threw, if it failed already. */
  void requireSound() {
    switch (fault) {
      case RuntimeException failed -> throw failed;
      case Error failed -> throw failed;
      case null, default -> {}
    }
  }

  private void takeTurn() {
    for (int i = 0; i < PIECES_A_TURN; i++) {
      Piece piece = next();
      if (piece == null) {
        return;
      }
      take(piece);
    }
    begin();
  }

  private void take(Piece piece) {
    try {
      if (piece.bytes().hasRemaining() && fault == null && !abandoned) {
        work.accept(piece.bytes());
      }
    } catch (RuntimeException | Error e) {
      fault = e;
    } finally {
      piece.done().run();
    }
  }

  private @Nullable Piece next() {
    synchronized (waiting) {
      Piece piece = waiting.poll();
      running = piece != null;
      return piece;
    }
  }

  private record Piece(ByteBuffer bytes, Runnable done) {}
}
