package io.consigne.core.uploads;

import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreFileWriter;
import io.consigne.core.ids.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file on their way into the store. They are held in memory as long as they may be
 * a small content, which is hashed at its end; when they are too many they get a store file of
 * their own, and are written and hashed beside.
 */
final class Body {
  private final Receiving room;
  private final SmallBytes small;
  private @Nullable Large large;

  /** Receives a file of the upload of {@code room}. */
  Body(Receiving room) {
    this.room = room;
    this.small = new SmallBytes(room.memory(), room.smallBytes());
  }

  /**
   * Goes on with a file of which {@code sizeBytes} bytes came before; false, and nothing is done,
   * if they are not there any more.
   *
   * @param bytes is shown them
   */
  boolean resume(String storeFile, long sizeBytes, Consumer<ByteBuffer> bytes) {
    var lane = new HashLane(room.hashing());
    Optional<StoreFileWriter> writer =
        room.files()
            .resume(
                storeFile,
                sizeBytes,
                piece -> {
                  bytes.accept(piece.duplicate());
                  while (piece.hasRemaining()) {
                    Block block = take(piece, 1);
                    lane.add(block.bytes(), block.done());
                  }
                });
    writer.ifPresent(file -> large = new Large(new WriteLane(room.writing(), file), lane));
    return writer.isPresent();
  }

  /** Whether it has a store file of its own. */
  boolean isLarge() {
    return large != null;
  }

  /** Makes what came so far survive a crash; empty if the file is too small for that. */
  Optional<Checkpoint> checkpoint() {
    Large file = large;
    if (file == null) {
      return Optional.empty();
    }
    long bytes = file.store.checkpoint();
    return bytes == 0 ? Optional.empty() : Optional.of(new Checkpoint(file.store.name(), bytes));
  }

  /** Throws away what came since the last checkpoint, and leaves the rest for later. */
  void park() {
    Large file = large;
    if (file == null) {
      small.free();
    } else {
      room.files().park(file.store.abandon());
    }
  }

  /** Takes the remaining bytes of {@code bytes}. */
  void write(ByteBuffer bytes) {
    Large file = large;
    if (file == null) {
      if (small.offer(bytes)) {
        return;
      }
      file = beginLarge();
    }
    while (bytes.hasRemaining()) {
      file.store.requireSound();
      Block block = take(bytes, 2);
      file.hash.add(block.bytes().duplicate(), block.done());
      file.store.add(block.bytes(), block.done());
    }
  }

  /** Ends the file. */
  Stored end() {
    Large file = large;
    if (file != null) {
      return new Stored.Written(file.store.endRecord(), file.store.file(), file.hash.end());
    }
    var sha256 = CompletableFuture.completedFuture(Sha256.hex(small.view()));
    if (room.files().hold(small)) {
      return new Stored.Held(small, sha256);
    }
    StoreFileWriter shared = room.files().shared();
    shared.write(small.view());
    Segment segment = shared.endRecord();
    small.free();
    return new Stored.Written(segment, shared, sha256);
  }

  /** Throws away what was received. */
  void drop() {
    Large file = large;
    if (file == null) {
      small.free();
    } else {
      room.files().drop(file.store.abandon());
    }
  }

  private Large beginLarge() {
    StoreFileWriter writer = room.files().create();
    writer.write(small.view());
    var file = new Large(new WriteLane(room.writing(), writer), new HashLane(room.hashing()));
    large = file;
    file.hash.add(small.view(), small::free);
    return file;
  }

  /** Moves bytes to a block, which is given back when {@code users} are done with it. */
  private Block take(ByteBuffer bytes, int users) {
    Semaphore ring = room.ring();
    ReceiveMemory memory = room.memory();
    ReceiveMemory.acquire(ring);
    ByteBuffer block;
    try {
      block = memory.takeBlock();
    } catch (RuntimeException e) {
      ring.release();
      throw e;
    }
    int count = Math.min(block.remaining(), bytes.remaining());
    block.put(bytes.slice(bytes.position(), count)).flip();
    bytes.position(bytes.position() + count);
    var left = new AtomicInteger(users);
    return new Block(
        block,
        () -> {
          if (left.decrementAndGet() == 0) {
            memory.giveBlock(block);
            ring.release();
          }
        });
  }

  /** Bytes of a piece, and what each of their users calls when it is done with them. */
  private record Block(ByteBuffer bytes, Runnable done) {}

  /** A content that is not small. */
  private record Large(WriteLane store, HashLane hash) {}
}
