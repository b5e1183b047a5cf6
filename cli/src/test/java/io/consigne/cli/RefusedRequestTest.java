package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
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
}
