package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.consigne.core.blobs.BrokenDisk.Call;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@link DiskBlobs} whose file system fails keeps nothing of what failed, and says why. */
class DiskFaultTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "File too large"})
  void noRoom_isStoreFull(String message) {
    for (Call call : EnumSet.complementOf(EnumSet.of(Call.FORCE_DATA, Call.CUT))) {
      int nth = call == Call.FORCE_DIRECTORY ? 3 : 1;
      var thrown = keepTwo(new BrokenDisk(call, nth, new IOException(message)));
      assertThat(thrown)
          .as(call.toString())
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure()).isEqualTo(new Failure.StoreFull()));
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void noRoom_forTheDirectoryEntry_isStoreFull() {
    var fault = new FileSystemException("/x", null, "No space left on device");
    assertThat(keepTwo(new BrokenDisk(Call.CREATE, 2, fault)))
        .isInstanceOf(FailureException.class)
        .hasMessage("The server's disk is full");
    assertThat(files()).isEmpty();
  }

  /** The kernel's own refusal: /dev/full takes no byte. */
  @Test
  void noRoom_saidByTheKernel_isStoreFull() {
    Disk full =
        new Disk() {
          @Override
          public FileChannel create(Path file) throws IOException {
            return FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
          }
        };
    assertThat(keepTwo(full))
        .isInstanceOf(FailureException.class)
        .hasMessage("The server's disk is full");
  }

  /** Removing files takes room in the database, which may lie on the same disk. */
  @Test
  void lastRoom_isLeftToOthers() {
    assertThat(keepTwo(withRoom(4 << 20)))
        .isInstanceOf(FailureException.class)
        .hasMessage("The server's disk is full");
    assertThat(files()).isEmpty();
    assertThat(keepTwo(withRoom(8 << 20))).isNull();
  }

  @Test
  void lastRoom_isLeftToOthers_whenRecordsAreGathered() {
    assertThat(keepGathered(withRoom(4 << 20)))
        .isInstanceOf(FailureException.class)
        .hasMessage("The server's disk is full");
    assertThat(files()).isEmpty();
    assertThat(keepGathered(withRoom(8 << 20))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fault_keepsNothing_thatWasGathered(int nth) {
    var fault = new IOException("Input/output error");
    var disk = new BrokenDisk(Call.WRITE, nth, fault);
    assertThat(keepGathered(disk)).isInstanceOf(UncheckedIOException.class).hasCause(fault);
    assertThat(files()).isEmpty();
  }

  /** What stands in the file already would not be where the gathered records say. */
  @Test
  void gathering_afterTheFirstByte_isRefused() {
    try (var blobs = new DiskBlobs(directory, new Random(1));
        var writer = blobs.create()) {
      writer.write(ByteBuffer.allocate(1));
      assertThat(catchThrowable(() -> writer.gather(ByteBuffer.allocate(10))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("store file has bytes already: " + writer.name());
    }
  }

  private static Disk withRoom(long bytes) {
    return new Disk() {
      @Override
      public long availableBytes(FileStore store) {
        return bytes;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"CREATE, 2", "WRITE, 1", "WRITE, 4", "FORCE, 2", "RENAME, 2", "FORCE_DIRECTORY, 4"})
  void fault_keepsNothing(Call call, int nth) {
    var fault = new IOException("Input/output error");
    var thrown = keepTwo(new BrokenDisk(call, nth, fault));
    assertThat(thrown).isInstanceOf(UncheckedIOException.class).hasCause(fault);
    assertThat(files()).isEmpty();
  }

  @Test
  void failedSync_isNotTriedAgain() {
    var disk = new BrokenDisk(Call.FORCE, 1, new IOException("Input/output error"));
    try (var blobs = new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT);
        var writer = blobs.create()) {
      writer.endRecord();
      var writers = List.of(writer);
      assertThat(catchThrowable(() -> blobs.commit(writers)))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(catchThrowable(() -> blobs.commit(writers)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("store file takes no more bytes: " + writer.name());
      assertThat(disk.calls()).isEqualTo(1);
    }
  }

  @Test
  void failedSync_besideTheWriting_failsTheCommit() {
    var fault = new IOException("Input/output error");
    var disk = new BrokenDisk(Call.FORCE_DATA, 1, fault);
    try (var blobs = new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT);
        var writer = blobs.create()) {
      var piece = ByteBuffer.allocate((int) SyncAhead.STEP_BYTES / 4);
      for (int i = 0; i < 4; i++) {
        writer.write(piece.clear());
      }
      writer.endRecord();
      assertThat(catchThrowable(() -> blobs.commit(List.of(writer))))
          .isInstanceOf(UncheckedIOException.class)
          .hasCause(fault);
      assertThat(disk.calls()).isEqualTo(1);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void failedWrite_endsTheWriter() {
    var disk = new BrokenDisk(Call.WRITE, 1, new IOException("Input/output error"));
    try (var blobs = new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT);
        var writer = blobs.create()) {
      assertThat(catchThrowable(() -> writer.write(ByteBuffer.allocate(1))))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(catchThrowable(() -> writer.write(ByteBuffer.allocate(1))))
          .isInstanceOf(IllegalStateException.class);
      assertThat(catchThrowable(writer::endRecord)).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Call.class,
      names = {"CREATE", "WRITE", "FORCE_DATA", "FORCE_DIRECTORY"})
  void append_withoutRoom_isStoreFull_andKeepsNoByte(Call call) throws IOException {
    int nth = call == Call.FORCE_DIRECTORY ? 3 : 1;
    var disk = new BrokenDisk(call, nth, new IOException("No space left on device"));
    try (var blobs = new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT)) {
      assertThat(catchThrowable(() -> StoredBytes.append(blobs, List.of(random(1, 10)))))
          .isInstanceOf(FailureException.class)
          .hasMessage("The server's disk is full");
    }
    for (Path file : files()) {
      assertThat(file).isEmptyFile();
    }
  }

  @Test
  void failedSync_ofAPack_isNotTriedAgain() {
    var disk = new BrokenDisk(Call.FORCE_DATA, 2, new IOException("Input/output error"));
    try (var blobs = new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT)) {
      var kept = StoredBytes.append(blobs, List.of(random(1, 10))).getFirst();
      assertThat(catchThrowable(() -> StoredBytes.append(blobs, List.of(random(2, 10)))))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(disk.calls()).isEqualTo(2);
      assertThat(StoredBytes.read(blobs, kept)).isEqualTo(random(1, 10));
    }
  }

  /** Keeps two store files of one record in one commit, on names of different shards. */
  private Throwable keepTwo(Disk disk) {
    return catchThrowable(() -> {
      var writers = new ArrayList<StoreFileWriter>();
      try (var blobs = new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT)) {
        for (int i = 0; i < 2; i++) {
          var writer = blobs.create();
          writers.add(writer);
          writer.write(ByteBuffer.wrap(random(i, 10)));
          writer.endRecord();
        }
        blobs.commit(writers);
      } finally {
        writers.forEach(StoreFileWriter::close);
      }
    });
  }

  /** Keeps a store file of many small records, which are written in two pieces. */
  private Throwable keepGathered(Disk disk) {
    return catchThrowable(() -> {
      try (var blobs = new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT);
          var writer = blobs.create()) {
        writer.gather(ByteBuffer.allocate(6_000));
        for (int i = 0; i < 10; i++) {
          writer.write(ByteBuffer.wrap(random(i, 1_000)));
          writer.endRecord();
        }
        blobs.commit(List.of(writer));
      }
    });
  }

  private List<Path> files() {
    try (var paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
