package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is not removed for a successor of other bytes than were sent. */
final class ReplacedByOtherBytesTest {
  @TempDir private Path home;

  @Test
  void predecessor_stays() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      Path local = Files.createDirectories(home.resolve("local"));
      Files.writeString(local.resolve("a.txt"), "second");
      host.files().add("a.txt", "the first".getBytes(StandardCharsets.UTF_8));
      host.files().storeOtherBytes(true);
      Run put =
          Run.against(
              host, home, "put", "--if-exists=replace", local.resolve("a.txt").toString(), "/");
      assertThat(put.exitCode()).isEqualTo(1);
      assertThat(put.err()).contains("the host stored other bytes than were sent: ");
      assertThat(host.files().contents().get("a.txt")).contains("the first");
      Run sync = Run.against(host, home, "sync", "--yes", local.toString(), ":/");
      assertThat(sync.exitCode()).isEqualTo(8);
      assertThat(host.files().contents().get("a.txt")).contains("the first");
    }
  }
}
