package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dedupe} that fails midway says what it has done: it had no report then. */
final class DedupeFailsTest {
  private static final String REMOVE = "/v1/file/rm.cgi";
  private static final int COPIES = 300;

  @TempDir private Path home;

  @Test
  void report_saysOfEachGroupWhatBecameOfIt() throws IOException {
    var removals = new AtomicInteger();
    var refusing = new AtomicReference<StandIn>();
    try (var host =
        new StandIn(
            Timing.SYSTEM,
            path -> {
              if (path.equals(REMOVE) && removals.incrementAndGet() == 2) {
                refusing.get().refuse(REMOVE, "Resource not allowed #631");
              }
              return Fault.NONE;
            })) {
      refusing.set(host);
      for (int i = 0; i < COPIES; i++) {
        host.files().add("a" + i, new byte[] {1, 2});
        host.files().add("b" + i, new byte[] {1});
      }
      Run run = Run.against(host, home, "dedupe", "--json", "--yes");
      assertThat(run.exitCode()).isEqualTo(8);
      assertThat(run.err()).contains("of 1 group not all copies are removed");
      assertThat(run.out().lines()).hasSize(1);
      assertThat(run.out())
          .contains("\"freed\":598,")
          .containsOnlyOnce("\"state\":\"removed\"")
          .containsOnlyOnce("\"state\":\"failed\"");
      assertThat(host.files().contents()).hasSize(COPIES + 1);
    }
  }
}
