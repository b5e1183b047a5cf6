package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.UnsyncedDisk.Loss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes off at each single step of a {@link DiskBlobs}. */
class PowerLossTest {
  private static final int BLOCK = RecordFormat.BLOCK_BYTES;

  @TempDir Path temporary;

  /** What was written, and for which of it a commit has returned. */
  private static final class Story {
    private final Map<Segment, byte[]> written = new LinkedHashMap<>();
    private final Set<Segment> kept = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();

    void run(Blobs blobs) {
      var first = keepTogether(blobs, 0, List.of(List.of(10, 0, 2 * BLOCK + 5)));
      keepTogether(blobs, 0, List.of(List.of(BLOCK), List.of(7, 8), List.of(0)));
      deleted.add(first.getFirst().storeFile());
      blobs.delete(first.getFirst().storeFile());
      keepTogether(blobs, 0, List.of(List.of(BLOCK + 1)));
      keepTogether(blobs, 500, List.of(List.of(300, 1, 0, 400), List.of(9)));
    }

    /** Keeps one store file for each list of record lengths, all in one commit. */
    private List<Segment> keepTogether(Blobs blobs, int gathered, List<List<Integer>> lengths) {
      var writers = new ArrayList<StoreFileWriter>();
      var segments = new ArrayList<Segment>();
      try {
        for (List<Integer> records : lengths) {
          var writer = blobs.create();
          writers.add(writer);
          if (gathered > 0) {
            writer.gather(ByteBuffer.allocate(gathered));
          }
          records.forEach(length -> segments.add(record(writer, length)));
        }
        blobs.commit(writers);
        kept.addAll(segments);
      } finally {
        writers.forEach(StoreFileWriter::close);
      }
      return segments;
    }

    private Segment record(StoreFileWriter writer, int length) {
      var bytes = random(written.size(), length);
      if (length > 0) {
        writer.write(ByteBuffer.wrap(bytes));
      }
      var segment = writer.endRecord();
      written.put(segment, bytes);
      return segment;
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void powerLoss_atEachStep_losesNothingCommitted(Loss loss) throws IOException {
    int step = 1;
    while (powerGoesOff(step, loss)) {
      step++;
    }
    assertThat(step).isGreaterThan(40);
  }

  /** Runs the story up to {@code step}; false if it has fewer steps. */
  private boolean powerGoesOff(int step, Loss loss) throws IOException {
    Path directory = temporary.resolve(loss + "-" + step);
    var disk = new UnsyncedDisk(Files.createDirectory(temporary.resolve(loss + "x" + step)), step);
    var story = new Story();
    try {
      story.run(new DiskBlobs(directory, new Random(1), disk, PackLimits.DEFAULT));
    } catch (UncheckedIOException e) {
      assertThat(disk.isOff()).isTrue();
    }
    disk.lose(loss);
    try (var blobs = new DiskBlobs(directory, new Random(2))) {
      blobs.clear();
      assertThat(directory.resolve("incoming")).isEmptyDirectory();
      checkKept(blobs, story);
      checkVisible(blobs, story);
    }
    return disk.isOff();
  }

  private static void checkKept(Blobs blobs, Story story) {
    for (Segment segment : story.kept) {
      if (!story.deleted.contains(segment.storeFile())) {
        assertThat(read(blobs, segment)).isEqualTo(story.written.get(segment));
      }
    }
  }

  /** Whatever is visible is intact, whether or not its commit returned. */
  private static void checkVisible(Blobs blobs, Story story) {
    var visible = new HashSet<String>();
    blobs.forEach((name, size) -> visible.add(name));
    story.written.forEach((segment, bytes) -> {
      if (visible.contains(segment.storeFile())) {
        assertThat(read(blobs, segment)).isEqualTo(bytes);
      }
    });
  }
}
