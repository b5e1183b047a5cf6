package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The checksums of the open record's blocks, in order. At most 64 KiB of them, which stand for 1
 * GiB of data, are held in memory; earlier ones wait in a scratch file.
 */
final class BlockSums implements AutoCloseable {
  private static final int FIRST_BYTES = 256;
  private static final int MEMORY_BYTES = 64 * 1024;

  private final StoreBytes.Scratch scratch;
  private ByteBuffer recent = ByteBuffer.allocate(FIRST_BYTES);
  private @Nullable StoreBytes earlier;
  private long earlierBytes;

  /** Has no checksums, and opens a place in {@code scratch} when there are many. */
  BlockSums(StoreBytes.Scratch scratch) {
    this.scratch = scratch;
  }

  /** Appends a checksum. */
  void add(int sum) throws IOException {
    if (!recent.hasRemaining()) {
      makeRoom();
    }
    recent.putInt(sum);
  }

  /**
   * Writes all checksums, then {@code footer}, at {@code position} of {@code file}, and forgets
   * them.
   *
   * @return how many bytes were written
   */
  long writeTo(WritableBytes file, long position, ByteBuffer footer) throws IOException {
    copyEarlier(file, position);
    var tail = ByteBuffer.allocate(recent.position() + footer.remaining());
    tail.put(recent.flip()).put(footer).flip();
    long written = earlierBytes + tail.remaining();
    file.write(tail, position + earlierBytes);
    recent.clear();
    close();
    return written;
  }

  @Override
  public void close() throws IOException {
    if (earlier != null) {
      earlier.close();
      earlier = null;
      earlierBytes = 0;
    }
  }

  private void makeRoom() throws IOException {
    recent.flip();
    if (recent.capacity() < MEMORY_BYTES) {
      recent = ByteBuffer.allocate(2 * recent.capacity()).put(recent);
      return;
    }
    if (earlier == null) {
      earlier = scratch.open();
    }
    earlier.write(recent, earlierBytes);
    earlierBytes += MEMORY_BYTES;
    recent.clear();
  }

  private void copyEarlier(WritableBytes file, long position) throws IOException {
    if (earlier == null) {
      return;
    }
    var piece = ByteBuffer.allocate(MEMORY_BYTES);
    for (long done = 0; done < earlierBytes; done += MEMORY_BYTES) {
      earlier.read(piece.clear(), done);
      if (piece.hasRemaining()) {
        throw new IOException("scratch file ends at " + (done + piece.position()));
      }
      file.write(piece.flip(), position + done);
    }
  }
}
