package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link DiskBlobs} keeps the contract; each opening draws the same names. */
class DiskBlobsTest extends BlobsContract {
  @TempDir Path directory;

  @Override
  Blobs open() {
    return new DiskBlobs(directory, new Random(1));
  }

  /** Else a file that a copying program has left would end every look through the store. */
  @Test
  void otherFilesAmongStoreFiles_arePassedOver() throws IOException {
    Segment kept = StoredBytes.keep(blobs, StoredBytes.random(1, 10));
    Path shard = directory.resolve(kept.storeFile().substring(0, 2));
    Files.writeString(shard.resolve(".nfs0001"), "not ours");
    Files.createDirectory(shard.resolve("old"));
    Files.writeString(shard.resolve(kept.storeFile() + ".bak"), "not ours");

    var found = new ArrayList<String>();
    blobs.forEach((storeFile, sizeBytes) -> found.add(storeFile));
    assertThat(found).containsExactly(kept.storeFile());
  }
}
