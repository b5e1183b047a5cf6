package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one store file, or of a scratch file beside it, at positions. */
interface StoreBytes extends WritableBytes, AutoCloseable {
  /** Reads at {@code position} until {@code into} is full or the bytes end. */
  void read(ByteBuffer into, long position) throws IOException;

  /** How many bytes there are. */
  long size() throws IOException;

  @Override
  void close() throws IOException;

  /** Opens an empty place for bytes that nobody needs after its close. */
  @FunctionalInterface
  interface Scratch {
    /** Opens one. */
    StoreBytes open() throws IOException;
  }
}
