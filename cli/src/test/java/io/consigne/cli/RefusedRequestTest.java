package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request of which the host tells nothing hid all others. */
final class RefusedRequestTest {
  @TempDir private Path home;

  @Test
  void requestThatIsRefused_isUnknown() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      Run added = Run.against(host, home, "remote", "add", "https://example.org/a.iso");
      assertThat(added.exitCode()).as(added.err()).isZero();
      host.refuse("/v1/remote/info.cgi", "Resource not found #469");
      Run listed = Run.against(host, home, "remote", "list");
      assertThat(listed.exitCode()).as(listed.err()).isEqualTo(8);
      assertThat(listed.out()).contains("unknown", "the host refused: Resource not found #469");
      Run json = Run.against(host, home, "remote", "list", "--json");
      assertThat(json.exitCode()).isEqualTo(8);
      assertThat(json.out())
          .contains("\"error\":\"Resource not found #469\"", "\"kind\":\"partial\"");
    }
  }

  /** "ls" was said to show it, and "0 requests" were said not to be tried. */
  @Test
  void requestsThatAreGone_areToldSo() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.refuse("/v1/remote/info.cgi", "Resource not found #469");
      for (String command : List.of("status", "wait")) {
        assertThat(Run.against(host, home, "remote", command, "7"))
            .isEqualTo(
                new Run(
                    5,
                    "",
                    "consigne: the host refused: Resource not found #469; \"consigne remote list\""
                        + " shows the requests that the host remembers\n"));
      }
      Run five = Run.against(host, home, "remote", "status", "1", "2", "3", "4", "5");
      assertThat(five.exitCode()).isEqualTo(5);
      assertThat(five.err()).hasLineCount(5).doesNotContain("not tried");
    }
  }
}
