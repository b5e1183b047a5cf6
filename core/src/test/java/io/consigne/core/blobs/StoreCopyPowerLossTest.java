package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.UnsyncedDisk.Loss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes off at each single step of a {@link StoreCopy}. */
class StoreCopyPowerLossTest {
  private static final int BLOCK = RecordFormat.BLOCK_BYTES;

  @TempDir Path temporary;
  private final MemoryBlobs from = new MemoryBlobs(new Random(1));
  private List<Segment> shared;
  private List<Segment> alone;

  @BeforeEach
  void keep() {
    try (var writer = from.create()) {
      writer.write(ByteBuffer.wrap(StoredBytes.random(1, 10)));
      Segment first = writer.endRecord();
      writer.write(ByteBuffer.wrap(StoredBytes.random(2, 2 * BLOCK + 5)));
      var _ = writer.endRecord();
      Segment third = writer.endRecord();
      from.commit(List.of(writer));
      shared = List.of(first, third);
    }
    alone = List.of(StoredBytes.keep(from, StoredBytes.random(3, BLOCK + 1)));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void powerLoss_atEachStep_leavesWholeCopiesOrNone(Loss loss) throws IOException {
    int step = 1;
    while (powerGoesOff(step, loss)) {
      step++;
    }
    assertThat(step).isGreaterThan(15);
  }

  private boolean powerGoesOff(int step, Loss loss) throws IOException {
    Path directory = temporary.resolve(loss + "-" + step);
    var disk = new UnsyncedDisk(Files.createDirectory(temporary.resolve(loss + "x" + step)), step);
    boolean synced = false;
    try {
      var copy = new StoreCopy(directory, disk);
      assertThat(copy.copy(shared, from, count -> {})).isEmpty();
      assertThat(copy.copy(alone, from, count -> {})).isEmpty();
      copy.sync();
      synced = true;
    } catch (UncheckedIOException e) {
      assertThat(disk.isOff()).isTrue();
    }
    disk.lose(loss);
    var after = new StoreCopy(directory);
    var visible = new HashSet<String>();
    after.kept().forEach((name, size) -> visible.add(name));
    for (List<Segment> segments : List.of(shared, alone)) {
      boolean there = visible.contains(segments.getFirst().storeFile());
      assertThat(after.has(segments)).isEqualTo(there);
      assertThat(there || !synced).isTrue();
      if (there) {
        for (Segment segment : segments) {
          assertThat(StoredBytes.read(after.kept(), segment))
              .isEqualTo(StoredBytes.read(from, segment));
        }
      }
    }
    return disk.isOff();
  }

  @Test
  void recordsThatWereNotAskedFor_areNotCopied() {
    var copy = new StoreCopy(temporary.resolve("copy"));
    copy.copy(shared, from, count -> {});
    var between = new Segment(shared.getFirst().storeFile(), 10 + 4 + 52, 2 * BLOCK + 5);
    assertThat(StoredBytes.read(from, between)).isEqualTo(StoredBytes.random(2, 2 * BLOCK + 5));
    assertThat(copy.has(List.of(between))).isFalse();
    assertThat(copy.has(shared)).isTrue();
  }

  /** A run that was killed has copied, but its directory entries may not be durable yet. */
  @Test
  void copiesOfAnEarlierRun_areMadeDurable_too() throws IOException {
    Path directory = temporary.resolve("copy");
    var disk = new UnsyncedDisk(Files.createDirectory(temporary.resolve("x")), Integer.MAX_VALUE);
    var killed = new StoreCopy(directory, disk);
    killed.copy(shared, from, count -> {});
    killed.copy(alone, from, count -> {});

    var next = new StoreCopy(directory, disk);
    assertThat(next.has(shared) && next.has(alone)).isTrue();
    next.sync();
    disk.lose(Loss.BYTES_AND_ENTRIES);
    assertThat(next.has(shared) && next.has(alone)).isTrue();
  }
}
