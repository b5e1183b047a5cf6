package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.SteppedStore;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.SteppedDatabase;
import io.consigne.core.testing.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each single step of each change fails once: a system call of the store, a statement, the begin or
 * the end of a transaction. The change then happened or it did not, and the host goes on.
 */
class FaultStepsTest {
  private static final AtomicInteger STEPS = new AtomicInteger();

  @TempDir Path directory;
  private final Steps steps = new Steps();
  private Path live = Path.of("");
  private int scenes;
  private int restarts;

  @AfterAll
  static void report() {
    System.out.println(
        "fault at every step: " + Act.ALL.size() + " changes, " + STEPS + " steps failed");
  }

  @ParameterizedTest
  @FieldSource("io.consigne.core.uploads.Act#ALL")
  void step_failing_leavesAllOrNothing(Act act) {
    int step = 1;
    Scene first = scene();
    try (first) {
      while (act.isSeen() ? fails(first, act, step) : failsInNewScene(act, step)) {
        step++;
      }
    }
    assertThat(first.host.uploads.memory().smallLeft())
        .isEqualTo(UploadLimits.DEFAULT.smallMemoryBytes());
    STEPS.addAndGet(step - 1);
    assertThat(step).isGreaterThan(3);
  }

  /** What a fault leaves held is passed over until a restart. */
  private boolean failsInNewScene(Act act, int number) {
    try (var scene = scene()) {
      return fails(scene, act, number);
    }
  }

  private Scene scene() {
    live = directory.resolve("live" + ++scenes);
    Path store = live.resolve("store");
    return new Scene(
        new UploadHost(
            new SteppedDatabase(TestDatabases.sqlite(made(live)), steps),
            SteppedStore.open(store, new Random(1), steps)),
        store);
  }

  private static Path made(Path directory) {
    try {
      return Files.createDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the change's step of that number fail; false if it has no such step. */
  private boolean fails(Scene scene, Act act, int number) {
    Runnable change = act.made().apply(scene);
    List<String> before = picture(scene);
    var seen = new ArrayList<String>();
    steps.watch(step -> {
      seen.add(step);
      return seen.size() == number;
    });
    boolean answered = isAnswered(change);
    steps.watchNoMore();
    String when = act + ", step " + number + ": " + seen.getLast();
    if (answered && act.isSeen()) {
      assertThat(picture(scene)).as(when).isNotEqualTo(before);
    } else if (!act.isSeen() || !seen.contains("committed")) {
      assertThat(picture(scene)).as(when).isEqualTo(before);
    }
    scene.host.tidyUp();
    if (!Ledger.faults(scene.host.database, scene.host.blobs).isEmpty()) {
      assertRestartTidiesUp(scene, when);
    }
    return seen.size() >= number;
  }

  /** A pack of which nobody knows whether it was entered stays as long as the host runs. */
  private void assertRestartTidiesUp(Scene scene, String when) {
    Path restarted = directory.resolve("restarted" + ++restarts);
    assertThat(DiskImage.of(live).recovered(restarted)).as(when).isEqualTo(picture(scene));
  }

  private static boolean isAnswered(Runnable change) {
    try {
      change.run();
      return true;
    } catch (UncheckedIOException | DatabaseException e) {
      assertThat(e).hasStackTraceContaining("injected failure of");
      return false;
    }
  }

  private static List<String> picture(Scene scene) {
    return Picture.of(scene.host.database, scene.host.blobs);
  }
}
