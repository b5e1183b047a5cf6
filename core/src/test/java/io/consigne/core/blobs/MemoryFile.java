package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A store file in memory. */
final class MemoryFile implements StoreBytes {
  private static final int FIRST_BYTES = 256;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  @Override
  public synchronized void write(ByteBuffer from, long position) {
    int at = Math.toIntExact(position);
    int end = Math.addExact(at, from.remaining());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * size, end)));
    }
    from.get(bytes, at, from.remaining());
    size = Math.max(size, end);
  }

  @Override
  public synchronized void read(ByteBuffer into, long position) {
    if (position < size) {
      int at = (int) position;
      into.put(bytes, at, Math.min(into.remaining(), size - at));
    }
  }

  @Override
  public synchronized long size() {
    return size;
  }

  /** A copy of the bytes. */
  synchronized byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Puts other bytes in place of these, also for open readers. */
  synchronized void set(byte[] others) {
    bytes = others.clone();
    size = others.length;
  }

  /** Forgets what stands behind the first {@code sizeBytes} bytes. */
  synchronized void cut(long sizeBytes) {
    size = (int) Math.min(size, sizeBytes);
  }

  /** Does nothing: others may read the file, too. */
  @Override
  public void close() {}
}
