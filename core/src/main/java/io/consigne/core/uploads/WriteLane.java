package io.consigne.core.uploads;

import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreFileWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Writes the bytes of one content to a store file while more are received. A write that failed
 * fails the end, and is told earlier to whoever asks.
 */
final class WriteLane {
  private final StoreFileWriter file;
  private final PieceLane pieces;

  /** Uses one of {@code threads} at a time; nobody else uses {@code file} meanwhile. */
  WriteLane(Executor threads, StoreFileWriter file) {
    this.file = file;
    this.pieces = new PieceLane(threads, file::write);
  }

  /** The name of the file. */
  String name() {
    return file.name();
  }

  /** Adds bytes, which are not changed until {@code done} is called. */
  void add(ByteBuffer bytes, Runnable done) {
    pieces.add(bytes, done);
  }

  /** Throws what a write threw, if one failed already. */
  void requireSound() {
    pieces.requireSound();
  }

  /** Ends the record that the bytes make. */
  Segment endRecord() {
    await();
    return file.endRecord();
  }

  /** As {@link StoreFileWriter#checkpoint}. */
  long checkpoint() {
    await();
    return file.checkpoint();
  }

  /** The file, to which nothing is being written any more; what was waiting is left out. */
  StoreFileWriter abandon() {
    pieces.abandon();
    return file;
  }

  /** The file, whose record has ended. */
  StoreFileWriter file() {
    return file;
  }

  private void await() {
    try {
      pieces.done().get();
    } catch (InterruptedException e) {
      throw ReceiveMemory.interrupted();
    } catch (ExecutionException e) {
      pieces.requireSound();
      throw new CompletionException(e.getCause());
    }
  }
}
