package io.consigne.core.uploads;

import io.consigne.core.ids.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Hashes the bytes of one content while more are received. */
final class HashLane {
  private final MessageDigest digest = Sha256.digest();
  private final PieceLane pieces;

  /** Uses one of {@code threads} at a time. */
  HashLane(Executor threads) {
    this.pieces = new PieceLane(threads, digest::update);
  }

  /** Adds bytes, which are not changed until {@code done} is called. */
  void add(ByteBuffer bytes, Runnable done) {
    pieces.add(bytes, done);
  }

  /** Says that nothing more comes; completes with the SHA-256 in 64 hex digits. */
  CompletableFuture<String> end() {
    return pieces.done().thenApply(done -> HexFormat.of().formatHex(digest.digest()));
  }
}
