package io.consigne.core.uploads;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.StoreFileWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store files that one upload writes. */
final class UploadFiles implements AutoCloseable {
  private final Blobs blobs;
  private final List<StoreFileWriter> open = new ArrayList<>();
  private @Nullable StoreFileWriter shared;

  UploadFiles(Blobs blobs) {
    this.blobs = blobs;
  }

  /** The store file that the small contents share. */
  StoreFileWriter shared() {
    StoreFileWriter file = shared;
    if (file == null) {
      file = create();
      shared = file;
    }
    return file;
  }

  /** A new store file. */
  StoreFileWriter create() {
    StoreFileWriter file = blobs.create();
    open.add(file);
    return file;
  }

  /** Removes a store file that is not needed after all. */
  void drop(StoreFileWriter file) {
    open.remove(file);
    file.close();
  }

  /** Closes all; those that were not committed are gone then. */
  @Override
  public void close() {
    @Nullable RuntimeException fault = null;
    for (StoreFileWriter file : open) {
      try {
        file.close();
      } catch (RuntimeException e) {
        fault = e;
      }
    }
    open.clear();
    if (fault != null) {
      throw fault;
    }
  }
}
