package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gathers what is written to a store file, one piece behind the other, in few writes. */
final class GatheredBytes implements WritableBytes {
  private final WritableBytes file;
  private final ByteBuffer buffer;
  private long writtenBytes;

  /** Gathers in {@code buffer}, which nobody else uses. */
  GatheredBytes(WritableBytes file, ByteBuffer buffer) {
    this.file = file;
    this.buffer = buffer.clear();
  }

  @Override
  public void write(ByteBuffer bytes, long position) throws IOException {
    if (position != size()) {
      throw new IllegalArgumentException("a file of " + size() + " bytes has no " + position);
    }
    while (bytes.hasRemaining()) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int count = Math.min(buffer.remaining(), bytes.remaining());
      buffer.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
    }
  }

  /** Writes what was gathered. */
  void flush() throws IOException {
    buffer.flip();
    int count = buffer.remaining();
    if (count > 0) {
      file.write(buffer, writtenBytes);
      writtenBytes += count;
    }
    buffer.clear();
  }

  private long size() {
    return writtenBytes + buffer.position();
  }
}
