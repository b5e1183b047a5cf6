package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.SteppedStore;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.SteppedDatabase;
import io.consigne.core.testing.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The process dies at each single step of each change: a system call of the store, a statement, the
 * begin or the end of a transaction; and within a commit after each write to the database's log.
 * The next start finds all of the change or nothing, and all of it once it was answered.
 */
class CrashStepsTest {
  private static final int FRAME_HEAD = 24;
  private static final int PAGE = 4096;
  private static final AtomicInteger CRASHES = new AtomicInteger();

  @TempDir Path directory;
  private final Steps steps = new Steps();
  private final List<DiskImage> images = new ArrayList<>();
  private int restarts;

  @AfterAll
  static void report() {
    System.out.println(
        "crash at every step: " + Act.ALL.size() + " changes, " + CRASHES + " crashes");
  }

  @ParameterizedTest
  @FieldSource("io.consigne.core.uploads.Act#ALL")
  void crash_leavesAllOrNothing(Act act) throws IOException {
    Path live = directory.resolve("live");
    Path store = live.resolve("store");
    Files.createDirectory(live);
    TestDatabases.sqlite(live).close();
    List<String> before;
    List<String> after;
    try (var scene =
        new Scene(
            new UploadHost(
                new SteppedDatabase(TestDatabases.sqlite(live), steps),
                SteppedStore.open(store, new Random(1), steps)),
            store)) {
      Runnable change = act.made().apply(scene);
      before = Picture.of(scene.host.database, scene.host.blobs);
      steps.watch(step -> isTaken(live));
      change.run();
      steps.watchNoMore();
      isTaken(live);
      after = Picture.of(scene.host.database, scene.host.blobs);
    }
    for (DiskImage image : images) {
      assertThat(recovered(image)).isIn(before, after);
    }
    assertThat(recovered(images.getLast())).isEqualTo(after);
    assertTornLog(before, after);
    CRASHES.addAndGet(restarts);
  }

  /** Keeps what is on the disk now, unless it is as it was at the step before. */
  private boolean isTaken(Path live) {
    DiskImage image = DiskImage.of(live);
    if (images.isEmpty() || !images.getLast().isLike(image)) {
      images.add(image);
    }
    return false;
  }

  /** The log may end at any place that was not synced: between frames, or within one. */
  private void assertTornLog(List<String> before, List<String> after) {
    byte[] old = images.getFirst().log();
    byte[] whole = images.getLast().log();
    boolean within = true;
    for (int end = old.length; end < whole.length; end += FRAME_HEAD + PAGE) {
      byte[] torn = Arrays.copyOf(whole, within ? end + FRAME_HEAD + PAGE / 2 : end);
      within = !within;
      assertThat(recovered(images.getLast().withLog(torn)))
          .as("the log ends at " + torn.length)
          .isIn(before, after);
    }
  }

  private List<String> recovered(DiskImage image) {
    restarts++;
    return image.recovered(directory.resolve("restart" + restarts));
  }
}
