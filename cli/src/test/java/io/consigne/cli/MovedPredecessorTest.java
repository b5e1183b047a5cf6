package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.standin.Behind;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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

  /** Such a host may be asked each time, however many they are, and however soon. */
  @Test
  void put_ofMany_leavesWhatHasMoved_atAConsigneHost() throws IOException {
    var real = new AtomicReference<RealHost>();
    try (var host =
            new StandIn(
                Timing.SYSTEM,
                path -> {
                  if (path.equals("/upload.cgi")) {
                    meanwhile.get().run();
                  }
                  return Fault.NONE;
                },
                url -> {
                  real.set(RealHost.start(home.resolve("host"), url));
                  return new Behind(real.get(), false);
                });
        var opened = real.get();
        var other =
            new Client(
                ClientConfig.of(opened.url(), new ApiKey(opened.key()))
                    .stateIn(home.resolve("other")))) {
      Path up = Files.createDirectory(home.resolve("up"));
      for (int i = 1; i <= 5; i++) {
        Files.writeString(up.resolve("f" + i), "old");
      }
      String[] put = {"put", "-r", "--if-exists=replace", up + "/.", "/"};
      assertThat(run(host, opened, put).exitCode()).isZero();
      meanwhile.set(() -> moveAll(other));
      for (int i = 1; i <= 5; i++) {
        Files.writeString(up.resolve("f" + i), "newer");
      }
      assertThat(run(host, opened, put).exitCode()).isZero();
      assertThat(run(host, opened, "ls", "/saved").out()).isEqualTo("f1\nf2\nf3\nf4\nf5\n");
      assertThat(run(host, opened, "cat", "/saved/f5").out()).isEqualTo("old");
      assertThat(run(host, opened, "cat", "/f5").out()).isEqualTo("newer");
    }
  }

  private static void moveAll(Client client) {
    try {
      List<FileLink> links =
          client.folders().list(FolderId.ROOT).files().stream()
              .flatMap(file -> Stream.ofNullable(file.link()))
              .toList();
      client.files().move(links, client.folders().make(FolderId.ROOT, "saved"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Run run(StandIn host, RealHost real, String... arguments) {
    var out = new ByteArrayOutputStream();
    var environment =
        Map.of(
            "HOME", home.toString(),
            "CONSIGNE_URL", host.url().toString(),
            "CONSIGNE_API_KEY", real.key());
    return Run.within(
        new Surroundings(environment, InputStream.nullInputStream(), out, false, false),
        out,
        arguments);
  }
}
