package io.consigne.core.uploads;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.StoreFileWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where one upload puts its bytes before its commit. */
final class UploadFiles implements AutoCloseable {
  /** Of as many bytes of small contents a write to the disk is made, if there is memory. */
  private static final int GATHERED_BYTES = 256 << 10;

  private final Blobs blobs;
  private final ReceiveMemory memory;
  private final int mostHeldBytes;
  private final List<StoreFileWriter> open = new ArrayList<>();
  private final List<SmallBytes> held = new ArrayList<>();
  private @Nullable StoreFileWriter shared;
  private int heldBytes;
  private int gatheredBytes;

  /**
   * Writes to {@code blobs}, and holds up to {@code mostHeldBytes} until the commit. What gathers
   * small contents is taken from {@code memory}; what is held was taken before.
   */
  UploadFiles(Blobs blobs, ReceiveMemory memory, int mostHeldBytes) {
    this.blobs = blobs;
    this.memory = memory;
    this.mostHeldBytes = mostHeldBytes;
  }

  /** Keeps a small content in memory until the end; false if that would be too much. */
  boolean hold(SmallBytes bytes) {
    if (heldBytes + bytes.length() > mostHeldBytes) {
      return false;
    }
    heldBytes += bytes.length();
    bytes.trim();
    held.add(bytes);
    return true;
  }

  /** The store file that the small contents share which are not held. */
  StoreFileWriter shared() {
    StoreFileWriter file = shared;
    if (file == null) {
      file = create();
      shared = file;
      if (memory.takeSmall(GATHERED_BYTES)) {
        gatheredBytes = GATHERED_BYTES;
        file.gather(ByteBuffer.allocate(GATHERED_BYTES));
      }
    }
    return file;
  }

  /** A new store file. */
  StoreFileWriter create() {
    StoreFileWriter file = blobs.create();
    open.add(file);
    return file;
  }

  /** A store file that was left unfinished; see {@link Blobs#resume}. */
  Optional<StoreFileWriter> resume(String storeFile, long sizeBytes, Consumer<ByteBuffer> bytes) {
    Optional<StoreFileWriter> file = blobs.resume(storeFile, sizeBytes, bytes);
    file.ifPresent(open::add);
    return file;
  }

  /** Leaves a store file unfinished, for later. */
  void park(StoreFileWriter file) {
    open.remove(file);
    file.park();
  }

  /** Removes a store file that is not needed after all. */
  void drop(StoreFileWriter file) {
    open.remove(file);
    file.close();
  }

  /** Closes all; those that were not committed are gone then, and the memory is free. */
  @Override
  public void close() {
    held.forEach(SmallBytes::free);
    held.clear();
    @Nullable RuntimeException fault = null;
    for (StoreFileWriter file : open) {
      try {
        file.close();
      } catch (RuntimeException e) {
        fault = e;
      }
    }
    open.clear();
    memory.giveSmall(gatheredBytes);
    gatheredBytes = 0;
    if (fault != null) {
      throw fault;
    }
  }
}
