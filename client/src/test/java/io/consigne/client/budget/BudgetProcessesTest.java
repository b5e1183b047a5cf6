package io.consigne.client.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.Limit;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes share one budget: together they are no faster than one may be. */
class BudgetProcessesTest {
  private static final int PROCESSES = 3;
  private static final int CALLS = 20;
  private static final Duration INTERVAL = Duration.ofMillis(50);

  @TempDir private Path directory;

  @Test
  void processes_areTogetherNoFasterThanOne() throws Exception {
    long begun = System.currentTimeMillis();
    var processes = new ArrayList<Process>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(caller().start());
    }
    var called = new ArrayList<Long>();
    for (Process process : processes) {
      process
          .inputReader(StandardCharsets.US_ASCII)
          .lines()
          .map(Long::valueOf)
          .forEach(called::add);
      assertThat(process.waitFor()).isZero();
    }
    assertThat(called).hasSize(PROCESSES * CALLS);
    List<Long> inOrder = called.stream().sorted().toList();
    for (int i = 0; i < inOrder.size(); i++) {
      assertThat(inOrder.get(i) - begun).isGreaterThanOrEqualTo(i * INTERVAL.toMillis());
    }
  }

  private ProcessBuilder caller() {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Caller.class.getName(),
            directory.resolve("host.budget").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** A process that says when it was allowed to call. */
  static final class Caller {
    private Caller() {}

    public static void main(String[] args) throws IOException {
      var waiting = new Waiting(Timing.SYSTEM, Duration.ofMinutes(1), Waits.UNSEEN);
      var limits = new Limits(Map.of(Limit.CALL, INTERVAL));
      var budget = new Budget(Path.of(args[0]), "alice", limits, waiting);
      for (int i = 0; i < CALLS; i++) {
        budget.await(Map.of(Limit.CALL, ""));
        System.out.println(System.currentTimeMillis());
      }
    }
  }
}
