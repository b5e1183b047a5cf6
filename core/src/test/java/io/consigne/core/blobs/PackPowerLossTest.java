package io.consigne.core.blobs;

import static io.consigne.core.blobs.StoredBytes.random;
import static io.consigne.core.blobs.StoredBytes.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.UnsyncedDisk.Loss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes off at each single step of appends to packs, and again at each step of cutting
 * what that left behind.
 */
class PackPowerLossTest {
  private static final PackLimits LIMITS = new PackLimits(3000, 2000);

  @TempDir Path temporary;
  private int runs;

  /** What was answered, as a database would know it. */
  private static final class Story {
    private final Map<Segment, byte[]> kept = new LinkedHashMap<>();
    private final Set<String> deleted = new HashSet<>();

    void run(Blobs blobs) {
      for (int i = 1; i <= 12; i++) {
        keep(blobs, List.of(random(i, 100 * i), random(-i, i)));
      }
      String gone = kept.keySet().iterator().next().storeFile();
      deleted.add(gone);
      blobs.delete(gone);
      keep(blobs, List.of(random(99, 70_000)));
    }

    private void keep(Blobs blobs, List<byte[]> contents) {
      var segments = StoredBytes.append(blobs, contents);
      for (int i = 0; i < contents.size(); i++) {
        kept.put(segments.get(i), contents.get(i));
      }
    }

    /** Where the last record ends, by store file. */
    Map<String, Long> ends() {
      var ends = new HashMap<String, Long>();
      kept.keySet()
          .forEach(segment -> ends.merge(segment.storeFile(), segment.recordEnd(), Math::max));
      ends.keySet().removeAll(deleted);
      return ends;
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void powerLoss_atEachStep_losesNothingAnswered(Loss loss) throws IOException {
    int steps = 0;
    boolean off = true;
    while (off) {
      steps++;
      var story = new Story();
      Path directory = temporary.resolve(loss + "-" + steps);
      off = isOff(directory, steps, loss, story);
      recover(directory, story);
    }
    assertThat(steps).isGreaterThan(40);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void powerLoss_atEachStepOfTheCut_losesNothingAnswered(Loss loss) throws IOException {
    int steps = 0;
    boolean off = true;
    while (off) {
      steps++;
      var story = new Story();
      Path directory = temporary.resolve(loss + "-" + steps);
      isOff(directory, 25, Loss.NOTHING, story);
      var disk = new UnsyncedDisk(newDirectory(), steps);
      try {
        cut(new DiskBlobs(directory, new Random(2), disk, LIMITS), story);
      } catch (UncheckedIOException e) {
        assertThat(disk.isOff()).isTrue();
      }
      off = disk.isOff();
      disk.lose(loss);
      recover(directory, story);
    }
    assertThat(steps).isGreaterThan(2);
  }

  /** Runs the story up to {@code step}; false if it has fewer steps. */
  private boolean isOff(Path directory, int step, Loss loss, Story story) throws IOException {
    var disk = new UnsyncedDisk(newDirectory(), step);
    try {
      story.run(new DiskBlobs(directory, new Random(1), disk, LIMITS));
    } catch (UncheckedIOException e) {
      assertThat(disk.isOff()).isTrue();
    }
    disk.lose(loss);
    return disk.isOff();
  }

  private Path newDirectory() throws IOException {
    return Files.createDirectory(temporary.resolve("removed" + runs++));
  }

  /** After the cut, every store file is made of whole records, and all that was answered is. */
  private static void recover(Path directory, Story story) throws IOException {
    try (var blobs = new DiskBlobs(directory, new Random(3))) {
      cut(blobs, story);
      for (var each : story.kept.entrySet()) {
        if (!story.deleted.contains(each.getKey().storeFile())) {
          assertThat(read(blobs, each.getKey())).isEqualTo(each.getValue());
        }
      }
      for (String name : story.ends().keySet()) {
        byte[] bytes = Files.readAllBytes(directory.resolve(name.substring(0, 2)).resolve(name));
        assertThat(story.kept.keySet()).containsAll(StoredBytes.walk(blobs, name, bytes));
      }
    }
  }

  /** What the start does with the help of the database. */
  private static void cut(Blobs blobs, Story story) {
    blobs.clear();
    var ends = story.ends();
    var visible = new ArrayList<String>();
    blobs.forEach((name, size) -> visible.add(name));
    for (String name : visible) {
      if (ends.containsKey(name)) {
        blobs.cut(name, ends.get(name));
      } else {
        blobs.delete(name);
      }
    }
    assertThat(visible).containsAll(ends.keySet());
  }
}
