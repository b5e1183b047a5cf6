package io.consigne.core.uploads;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of a content as long as it may turn out to be a small one. */
final class SmallBytes {
  private static final int FIRST_BYTES = 8 << 10;
  private static final int GROWTH = 4;

  private final ReceiveMemory memory;
  private final int mostBytes;
  private byte[] bytes = {};
  private int length;

  /** Holds up to {@code mostBytes}, of {@code memory}. */
  SmallBytes(ReceiveMemory memory, int mostBytes) {
    this.memory = memory;
    this.mostBytes = mostBytes;
  }

  /** Takes all of {@code more}; or nothing, if it is too much or there is no memory. */
  boolean offer(ByteBuffer more) {
    long needed = (long) length + more.remaining();
    if (needed > mostBytes || (needed > bytes.length && !grow((int) needed))) {
      return false;
    }
    int count = more.remaining();
    more.get(bytes, length, count);
    length += count;
    return true;
  }

  /** How many bytes were taken. */
  int length() {
    return length;
  }

  /** Gives back the memory that was not needed. */
  void trim() {
    if (length < bytes.length) {
      memory.giveSmall(bytes.length - length);
      bytes = Arrays.copyOf(bytes, length);
    }
  }

  /** What was taken, without a copy. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** Gives the memory back; what {@link #view} showed may change from now on. */
  void free() {
    memory.giveSmall(bytes.length);
    bytes = new byte[0];
    length = 0;
  }

  private boolean grow(int needed) {
    int grown = bytes.length == 0 ? FIRST_BYTES : GROWTH * bytes.length;
    int size = Math.min(Math.max(grown, needed), mostBytes);
    if (!memory.takeSmall(size - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, size);
    return true;
  }
}
