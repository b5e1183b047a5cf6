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

  /** Many are looked for by one listing. */
  @Test
  void put_ofMany_replacesThoseThatAreThere() throws IOException {
    try (var desk = new Desk(home)) {
      for (int i = 1; i <= 5; i++) {
        desk.write("up/f" + i, "old");
      }
      String up = desk.path("up") + "/.";
      desk.good("put", "-r", up, "/");
      for (int i = 1; i <= 5; i++) {
        desk.write("up/f" + i, "new");
      }
      desk.good("put", "-r", "--if-exists=replace", up, "/");
      assertThat(desk.good("ls", "/")).isEqualTo("f1\nf2\nf3\nf4\nf5\n");
      assertThat(desk.good("cat", "/f5")).isEqualTo("new");
    }
  }
}
