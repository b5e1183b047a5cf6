package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
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

  /** What is written to a file without a name is gone when it is closed. */
  @Test
  void packThatSomebodyRemovedOrCut_isFollowedByAnother() throws IOException {
    Segment removed = append(1);
    Files.delete(place(removed));
    Segment cut = append(2);
    try (var channel = FileChannel.open(place(cut), StandardOpenOption.WRITE)) {
      channel.truncate(cut.offset());
    }
    Segment last = append(3);
    assertThat(StoredBytes.read(blobs, last)).isEqualTo(StoredBytes.random(3, 100));
    assertThat(last.storeFile()).isNotIn(removed.storeFile(), cut.storeFile());
  }

  private Segment append(int seed) {
    ByteBuffer bytes = ByteBuffer.wrap(StoredBytes.random(seed, 100));
    try (Appended appended = blobs.append(List.of(bytes))) {
      Segment segment = appended.segments().getFirst();
      assertThat(StoredBytes.read(blobs, segment)).isEqualTo(StoredBytes.random(seed, 100));
      return segment;
    }
  }

  private Path place(Segment segment) {
    return directory.resolve(segment.storeFile().substring(0, 2)).resolve(segment.storeFile());
  }
}
