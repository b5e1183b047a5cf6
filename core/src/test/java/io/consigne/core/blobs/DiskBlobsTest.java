package io.consigne.core.blobs;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

/** {@link DiskBlobs} keeps the contract; each opening draws the same names. */
class DiskBlobsTest extends BlobsContract {
  @TempDir Path directory;

  @Override
  Blobs open() {
    return new DiskBlobs(directory, new Random(1));
  }
}
