package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes elsewhere under another name takes two calls, of which the second may fail. */
final class HalfMovedTest {
  @TempDir private Path home;

  /** It was told as not done, and was not where it had been. */
  @ParameterizedTest
  @CsvSource({
    "/to/Docs, /v1/folder/mv.cgi, /Docs, /Papers",
    "/to/Other, /v1/folder/mv.cgi, /Docs, /to/Docs",
    "/to/Other, /v1/file/rename.cgi, /a.txt, /to/a.txt"
  })
  void placeWhereItIs_isTold(String beside, String call, String from, String now)
      throws IOException {
    var standIn = new AtomicReference<StandIn>();
    var calls = new AtomicInteger(call.startsWith("/v1/file") ? 1 : 0);
    try (var host =
        new StandIn(
            Timing.SYSTEM,
            path -> {
              if (path.equals(call) && calls.incrementAndGet() == 2) {
                standIn.get().refuse(call, "Resource not allowed #631");
              }
              return Fault.NONE;
            })) {
      standIn.set(host);
      host.files().addFolder("Docs", List.of());
      host.files().add("a.txt", new byte[] {1});
      assertThat(Run.against(host, home, "mkdir", beside).exitCode()).isZero();
      assertThat(Run.against(host, home, "mv", from, "/to/Papers"))
          .isEqualTo(
              new Run(
                  4,
                  "",
                  "consigne: the host refused: Resource not allowed #631; the first step is done:"
                      + " %s is %s now\n".formatted(from, now)));
      assertThat(Run.against(host, home, "stat", now).exitCode()).isZero();
    }
  }
}
