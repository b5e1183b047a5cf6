package io.consigne.core.uploads;

import io.consigne.core.ids.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the bytes of one content in order, on a thread of a pool while more are received. A thread
 * takes one piece at a time, so that contents that never pause do not keep others waiting.
 */
final class HashLane {
  private final Executor threads;
  private final MessageDigest digest = Sha256.digest();
  private final Queue<Piece> waiting = new ArrayDeque<>();
  private final CompletableFuture<String> result = new CompletableFuture<>();
  private boolean running;
  private boolean ended;

  /** Uses one of {@code threads} at a time. */
  HashLane(Executor threads) {
    this.threads = threads;
  }

  /** Adds bytes, which are not changed until {@code done} is called. */
  void add(ByteBuffer bytes, Runnable done) {
    synchronized (waiting) {
      waiting.add(new Piece(bytes, done));
    }
    run();
  }

  /** Says that nothing more comes; completes with the SHA-256 in 64 hex digits. */
  CompletableFuture<String> end() {
    synchronized (waiting) {
      ended = true;
    }
    run();
    return result;
  }

  private void run() {
    synchronized (waiting) {
      if (running) {
        return;
      }
      running = true;
    }
    threads.execute(this::hashNext);
  }

  private void hashNext() {
    Piece piece = next();
    if (piece == null) {
      return;
    }
    try {
      digest.update(piece.bytes());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    } finally {
      piece.done().run();
      takeTurn();
    }
  }

  private void takeTurn() {
    try {
      threads.execute(this::hashNext);
    } catch (RejectedExecutionException closing) {
      hashNext();
    }
  }

  private @Nullable Piece next() {
    synchronized (waiting) {
      Piece piece = waiting.poll();
      if (piece == null) {
        running = false;
        if (ended && !result.isDone()) {
          result.complete(HexFormat.of().formatHex(digest.digest()));
        }
      }
      return piece;
    }
  }

  private record Piece(ByteBuffer bytes, Runnable done) {}
}
