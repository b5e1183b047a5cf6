package io.consigne.core.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Begins packs of {@link MemoryBlobs}.
 *
 * @param names draws a name
 * @param visible takes them
 */
record MemoryPacks(Supplier<StoreFileName> names, Map<String, MemoryFile> visible)
    implements PackFile.Source {
  @Override
  public PackFile begin() {
    StoreFileName name = names.get();
    var bytes = new MemoryFile();
    visible.put(name.text(), bytes);
    return new MemoryPackFile(name, bytes);
  }

  /** There is always room. */
  @Override
  public void require(long bytes) {}

  @Override
  public RuntimeException failure(IOException fault) {
    return new UncheckedIOException(fault);
  }

  private record MemoryPackFile(StoreFileName name, MemoryFile bytes) implements PackFile {
    @Override
    public void write(ByteBuffer from, long position) {
      bytes.write(from, position);
    }

    /** Memory is as durable as it gets. */
    @Override
    public void force() {}

    @Override
    public boolean isInPlace(long sizeBytes) {
      return true;
    }

    @Override
    public void cut(long sizeBytes) {
      bytes.cut(sizeBytes);
    }

    @Override
    public void close() {}
  }
}
