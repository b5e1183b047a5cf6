package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the bytes of a store file, at positions. */
@FunctionalInterface
interface WritableBytes {
  /** Writes all remaining bytes of {@code bytes} at {@code position}. */
  void write(ByteBuffer bytes, long position) throws IOException;
}
