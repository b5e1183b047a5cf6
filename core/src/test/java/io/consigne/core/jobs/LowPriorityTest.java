package io.consigne.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LowPriorityTest {
  private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+)");

  @Test
  void thread_hasALowPriorityAndOthersKeepTheirs() throws Exception {
    long before = nice();
    var lowered = new FutureTask<>(LowPriorityTest::nice);
    Thread.ofPlatform().start(LowPriority.of(lowered));

    assertThat(lowered.get()).isEqualTo(15);
    assertThat(nice()).isEqualTo(before);
  }

  @Test
  void yieldingThread_goesBeforeThoseInTheBackground() throws Exception {
    var yielding = new FutureTask<>(LowPriorityTest::nice);
    Thread.ofPlatform().start(LowPriority.yielding(yielding));

    assertThat(yielding.get()).isEqualTo(10);
  }

  @Test
  void thread_isInterruptedByOthers_whereTheSystemKnowsSlices() throws Exception {
    OptionalLong usual = slice();
    var lowered = new FutureTask<>(LowPriorityTest::slice);
    Thread.ofPlatform().start(LowPriority.of(lowered));

    assertThat(lowered.get()).isEqualTo(knowsSlices() ? OptionalLong.of(100_000_000) : usual);
    assertThat(slice()).isEqualTo(usual);
  }

  private static boolean knowsSlices() {
    Matcher release = RELEASE.matcher(System.getProperty("os.version"));
    assertThat(release.lookingAt()).isTrue();
    int major = Integer.parseInt(release.group(1));
    return major > 6 || (major == 6 && Integer.parseInt(release.group(2)) >= 12);
  }

  /** The slice of this thread in ns: {@code se.slice} of proc(5)'s {@code sched}. */
  private static OptionalLong slice() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/sched"))) {
      return lines
          .filter(line -> line.startsWith("se.slice "))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
          .findAny();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
