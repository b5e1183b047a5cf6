package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody moves what is to be replaced, while its successor is on its way. */
final class MovedPredecessorTest {
  @TempDir private Path home;
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  /** It was removed by its link, wherever it was by then. */
  @Test
  void put_leavesWhatHasMoved() throws IOException {
    Path file = Files.writeString(home.resolve("f"), "new");
    try (var host =
        new StandIn(
            Timing.SYSTEM,
            path -> {
              if (path.equals("/upload.cgi")) {
                meanwhile.get().run();
              }
              return Fault.NONE;
            })) {
      long folder = host.files().addFolder("other", List.of());
      String moved = host.files().add("f", new byte[] {'o', 'l', 'd'});
      meanwhile.set(() -> host.files().move("?" + moved, folder));
      String[] put = {"put", "--if-exists=replace", file.toString(), "/"};
      assertThat(Run.against(host, home, put).exitCode()).isZero();
      assertThat(host.files().tree()).contains("/f = new", "/other/f = old");
      meanwhile.set(() -> {});
      assertThat(Run.against(host, home, put).exitCode()).isZero();
      assertThat(host.files().contents().get("f")).containsExactlyInAnyOrder("old", "new");
    }
  }
}
