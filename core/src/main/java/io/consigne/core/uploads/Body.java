package io.consigne.core.uploads;

import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreFileWriter;
import io.consigne.core.ids.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file on their way into the store. They are held in memory as long as they may be
 * a small content, which is hashed at its end; when they are too many they get a store file of
 * their own, and hashing goes on beside.
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
    var lane = new HashLane(room.threads());
    Optional<StoreFileWriter> writer =
        room.files()
            .resume(
                storeFile,
                sizeBytes,
                piece -> {
                  bytes.accept(piece.duplicate());
                  while (piece.hasRemaining()) {
                    hash(lane, piece);
                  }
                });
    writer.ifPresent(file -> large = new Large(file, lane));
    return writer.isPresent();
  }

  /** Makes what came so far survive a crash; empty if the file is too small for that. */
  Optional<Checkpoint> checkpoint() {
    Large file = large;
    if (file == null) {
      return Optional.empty();
    }
    long bytes = file.writer.checkpoint();
    return bytes == 0 ? Optional.empty() : Optional.of(new Checkpoint(file.writer.name(), bytes));
  }

  /** Throws away what came since the last checkpoint, and leaves the rest for later. */
  void park() {
    Large file = large;
    if (file == null) {
      small.free();
    } else {
      room.files().park(file.writer);
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
    file.writer.write(bytes.duplicate());
    while (bytes.hasRemaining()) {
      hash(file.lane, bytes);
    }
  }

  /** Ends the file. */
  Stored end() {
    Large file = large;
    if (file != null) {
      return new Stored.Written(file.writer.endRecord(), file.writer, file.lane.end());
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
      room.files().drop(file.writer);
    }
  }

  private Large beginLarge() {
    var file = new Large(room.files().create(), new HashLane(room.threads()));
    file.writer.write(small.view());
    large = file;
    file.lane.add(small.view(), small::free);
    return file;
  }

  private void hash(HashLane lane, ByteBuffer bytes) {
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
    lane.add(
        block,
        () -> {
          memory.giveBlock(block);
          ring.release();
        });
  }

  /** A content that is not small. */
  private record Large(StoreFileWriter writer, HashLane lane) {}
}
