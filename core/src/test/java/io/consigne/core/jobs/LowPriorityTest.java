package io.consigne.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class LowPriorityTest {
  @Test
  void thread_hasALowPriorityAndOthersKeepTheirs() throws Exception {
    long before = nice();
    var lowered = new FutureTask<>(LowPriorityTest::nice);
    Thread.ofPlatform().start(LowPriority.of(lowered));

    assertThat(lowered.get()).isEqualTo(15);
    assertThat(nice()).isEqualTo(before).isLessThan(10);
  }

  @Test
  void yieldingThread_goesBeforeThoseInTheBackground() throws Exception {
    var yielding = new FutureTask<>(LowPriorityTest::nice);
    Thread.ofPlatform().start(LowPriority.yielding(yielding));

    assertThat(yielding.get()).isEqualTo(10);
  }

  /** The nice value of this thread: the 19th field of proc(5)'s {@code stat}. */
  private static long nice() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(afterName[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
