package io.consigne.core.uploads;

import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreFileWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file on their way into the store. They are held in memory as long as they may be
 * a small content; when they are too many they get a store file of their own. Hashing goes on
 * beside.
 */
final class Body {
  private final UploadFiles files;
  private final ReceiveMemory memory;
  private final Semaphore ring;
  private final HashLane lane;
  private final SmallBytes small;
  private @Nullable StoreFileWriter own;
  private boolean smallHashed;

  /** Receives a file of the upload of {@code room}. */
  Body(Receiving room) {
    this.files = room.files();
    this.memory = room.memory();
    this.ring = room.ring();
    this.lane = new HashLane(room.threads());
    this.small = new SmallBytes(memory, room.smallBytes());
  }

  /** Takes the remaining bytes of {@code bytes}. */
  void write(ByteBuffer bytes) {
    StoreFileWriter file = own;
    if (file == null) {
      if (small.offer(bytes)) {
        return;
      }
      file = beginOwn();
    }
    file.write(bytes.duplicate());
    while (bytes.hasRemaining()) {
      hash(bytes);
    }
  }

  /** Ends the file. */
  Stored end() {
    StoreFileWriter file = own;
    if (file == null) {
      file = files.shared();
      write(file, small.view());
    }
    Segment segment = file.endRecord();
    return new Stored(segment, file, lane.end());
  }

  /** Throws away what was received. */
  void drop() {
    if (!smallHashed) {
      small.free();
    }
    StoreFileWriter file = own;
    if (file != null) {
      files.drop(file);
    }
  }

  private StoreFileWriter beginOwn() {
    StoreFileWriter file = files.create();
    own = file;
    write(file, small.view());
    return file;
  }

  private void write(StoreFileWriter file, ByteBuffer first) {
    file.write(first.duplicate());
    smallHashed = true;
    lane.add(first, small::free);
  }

  private void hash(ByteBuffer bytes) {
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
}
