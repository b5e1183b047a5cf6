package io.consigne.core.blobs;

import java.util.Random;

/** {@link MemoryBlobs} serves no damage. */
class MemoryRotTest extends RotContract {
  private final MemoryBlobs memory = new MemoryBlobs(new Random(1));

  @Override
  Blobs open() {
    return memory;
  }

  @Override
  byte[] bytes(String storeFile) {
    return memory.file(storeFile).toArray();
  }

  @Override
  void replace(String storeFile, byte[] bytes) {
    memory.file(storeFile).set(bytes);
  }
}
