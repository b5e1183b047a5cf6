package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Store files that are left, and gone on with, before they are complete. */
class UnfinishedFileTest {
  @TempDir Path directory;
  private final Random random = new Random(1);

  private Blobs open() {
    return new DiskBlobs(directory, random);
  }

  private static StoreFileWriter written(Blobs blobs, byte[] bytes) {
    StoreFileWriter writer = blobs.create();
    writer.write(ByteBuffer.wrap(bytes));
    return writer;
  }

  private List<Path> unfinished() throws IOException {
    try (var files = Files.list(directory.resolve("incoming"))) {
      return files.toList();
    }
  }

  /** Goes on with {@code first}, adds {@code rest}, and reads what is in the store then. */
  private static byte[] goOn(Blobs blobs, String name, byte[] first, byte[] rest) {
    var shown = new ByteArrayOutputStream();
    StoreFileWriter writer =
        blobs
            .resume(
                name,
                first.length,
                piece -> {
                  while (piece.hasRemaining()) {
                    shown.write(piece.get());
                  }
                })
            .orElseThrow();
    assertThat(shown.toByteArray()).isEqualTo(first);
    writer.write(ByteBuffer.wrap(rest));
    Segment segment = writer.endRecord();
    blobs.commit(List.of(writer));
    return read(blobs, segment);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65_535, 65_536, 65_537, 400_000})
  void parkedFile_isGoneOnWith_byAnotherRun_andEveryBlockIsSound(int length) throws IOException {
    byte[] first = random(1, length);
    byte[] rest = random(2, 100_000);
    String name;
    try (Blobs blobs = open()) {
      StoreFileWriter writer = written(blobs, first);
      name = writer.name();
      assertThat(writer.checkpoint()).isEqualTo(length);
      writer.write(ByteBuffer.wrap(random(3, 70_000)));
      writer.park();
    }
    try (Blobs blobs = open()) {
      blobs.clear(Set.of(name));
      byte[] whole = goOn(blobs, name, first, rest);
      assertThat(whole)
          .isEqualTo(ByteBuffer.allocate(length + rest.length).put(first).put(rest).array());
      assertThat(unfinished()).isEmpty();
    }
  }

  /** A fetch once tried to read it until it was given up. */
  @Test
  void fileThatTheDiskCannotRead_isNotThere() {
    String name = parked(random(1, 100_000));
    var disk =
        new Disk() {
          @Override
          public int read(FileChannel file, ByteBuffer into, long position) throws IOException {
            throw new IOException("Input/output error");
          }
        };
    try (var blobs = new DiskBlobs(directory, random, disk, PackLimits.DEFAULT)) {
      assertThat(blobs.resume(name, 100_000, piece -> {})).isEmpty();
    }
    try (Blobs blobs = open()) {
      assertThat(goOn(blobs, name, random(1, 100_000), new byte[0])).hasSize(100_000);
    }
  }

  private String parked(byte[] bytes) {
    try (Blobs blobs = open()) {
      StoreFileWriter writer = written(blobs, bytes);
      writer.checkpoint();
      writer.park();
      return writer.name();
    }
  }

  @Test
  void whatCameAfterTheCheckpoint_isNotInTheFile() throws IOException {
    byte[] first = random(1, 100_000);
    String name;
    try (Blobs blobs = open()) {
      StoreFileWriter writer = written(blobs, first);
      name = writer.name();
      writer.checkpoint();
      writer.write(ByteBuffer.wrap(random(2, 70_000)));
      writer.park();
    }
    try (Blobs blobs = open()) {
      assertThat(goOn(blobs, name, first, new byte[0])).isEqualTo(first);
      StoreFileWriter fresh = written(blobs, first);
      fresh.endRecord();
      blobs.commit(List.of(fresh));
      var sizes = new HashSet<Long>();
      blobs.forEach((storeFile, sizeBytes) -> sizes.add(sizeBytes));
      assertThat(sizes).containsExactly(fresh.size());
    }
  }

  /**
   * The checkpoint is there after a power cut, unless the file itself is gone: never other bytes.
   */
  @ParameterizedTest
  @EnumSource(UnsyncedDisk.Loss.class)
  void powerCut_losesNothingBeforeTheCheckpoint(UnsyncedDisk.Loss loss, @TempDir Path removed)
      throws IOException {
    byte[] first = random(1, 100_000);
    var disk = new UnsyncedDisk(removed, Integer.MAX_VALUE);
    var blobs = new DiskBlobs(directory, random, disk, PackLimits.DEFAULT);
    StoreFileWriter writer = written(blobs, first);
    writer.checkpoint();
    writer.write(ByteBuffer.wrap(random(2, 70_000)));
    disk.lose(loss);
    try (Blobs after = open()) {
      if (loss == UnsyncedDisk.Loss.BYTES_AND_ENTRIES) {
        assertThat(after.resume(writer.name(), first.length, piece -> {})).isEmpty();
      } else {
        assertThat(goOn(after, writer.name(), first, new byte[0])).isEqualTo(first);
      }
    }
  }

  @Test
  void fileThatIsShorter_orGone_isNotGoneOnWith() {
    try (Blobs blobs = open()) {
      StoreFileWriter writer = written(blobs, random(1, 1000));
      writer.checkpoint();
      writer.park();
      assertThat(blobs.resume(writer.name(), 1001, piece -> {})).isEmpty();
      blobs.discard(writer.name());
      blobs.discard(writer.name());
      assertThat(blobs.resume(writer.name(), 1000, piece -> {})).isEmpty();
    }
  }

  @Test
  void fileThatIsGoneOnWith_goesWithItsWriter() throws IOException {
    try (Blobs blobs = open()) {
      StoreFileWriter writer = written(blobs, random(1, 1000));
      writer.checkpoint();
      writer.park();
      assertThat(unfinished()).hasSize(1);
      Optional<StoreFileWriter> again = blobs.resume(writer.name(), 500, piece -> {});
      again.orElseThrow().close();
      assertThat(unfinished()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"FORCE, 2, 1", "RENAME, 1, 1", "FORCE_DIRECTORY, 3, 0"})
  void commitThatFailed_leavesAParkedFile_butNeverAVisibleOne(
      BrokenDisk.Call call, int nth, int left) throws IOException {
    var fault = new IOException("injected");
    var disk = new BrokenDisk(call, nth, fault);
    try (Blobs blobs = new DiskBlobs(directory, random, disk, PackLimits.DEFAULT)) {
      StoreFileWriter writer = written(blobs, random(1, 1000));
      writer.checkpoint();
      writer.endRecord();
      assertThatThrownBy(() -> blobs.commit(List.of(writer))).hasCause(fault);
      writer.park();
      assertThat(stored(writer.name())).isEqualTo(unfinished()).hasSize(left);
    }
  }

  private List<Path> stored(String name) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(file -> file.getFileName().toString().equals(name)).toList();
    }
  }

  @Test
  void clear_keepsNothingElse() throws IOException {
    try (Blobs blobs = open()) {
      StoreFileWriter kept = written(blobs, random(1, 10));
      StoreFileWriter other = written(blobs, random(2, 10));
      kept.park();
      other.park();
      blobs.clear(Set.of(kept.name()));
      assertThat(unfinished()).containsExactly(directory.resolve("incoming/" + kept.name()));
    }
  }

  @Test
  void memory_keepsNothing() {
    try (Blobs blobs = new MemoryBlobs(random)) {
      StoreFileWriter writer = written(blobs, random(1, 10));
      assertThat(writer.checkpoint()).isZero();
      writer.park();
      assertThat(blobs.resume(writer.name(), 10, piece -> {})).isEmpty();
    }
  }
}
