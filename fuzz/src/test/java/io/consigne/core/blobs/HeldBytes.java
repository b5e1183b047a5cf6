package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A store file in memory, whose bytes a test may exchange. */
final class HeldBytes implements StoreBytes {
  private byte[] bytes = new byte[0];

  byte[] bytes() {
    return bytes.clone();
  }

  void replace(byte[] others) {
    bytes = others.clone();
  }

  @Override
  public void read(ByteBuffer into, long position) {
    if (position < bytes.length) {
      int count = Math.min(into.remaining(), bytes.length - (int) position);
      into.put(bytes, (int) position, count);
    }
  }

  @Override
  public void write(ByteBuffer piece, long position) {
    int end = Math.toIntExact(position) + piece.remaining();
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length, end));
    piece.get(bytes, (int) position, piece.remaining());
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void close() {
    // Nothing to give back.
  }
}
