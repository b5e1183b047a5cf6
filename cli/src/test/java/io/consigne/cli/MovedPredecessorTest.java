package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
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
    try (var host = inFrontOf(real);
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
      assertThat(run(host, opened.key(), put).exitCode()).isZero();
      meanwhile.set(() -> moveAll(other));
      for (int i = 1; i <= 5; i++) {
        Files.writeString(up.resolve("f" + i), "newer");
      }
      assertThat(run(host, opened.key(), put).exitCode()).isZero();
      assertThat(run(host, opened.key(), "ls", "/saved").out()).isEqualTo("f1\nf2\nf3\nf4\nf5\n");
      assertThat(run(host, opened.key(), "cat", "/saved/f5").out()).isEqualTo("old");
      assertThat(run(host, opened.key(), "cat", "/f5").out()).isEqualTo("newer");
    }
  }

  /** Its owner alone is told where a file is; so it was taken to be where it had been. */
  @Test
  void put_leavesWhatTheOwnerOfTheFolderRenamedOrMoved() throws IOException {
    var real = new AtomicReference<RealHost>();
    try (var host = inFrontOf(real);
        var opened = real.get();
        var alice =
            new Client(
                ClientConfig.of(opened.url(), new ApiKey(opened.key()))
                    .stateIn(home.resolve("alice")))) {
      String data = home.resolve("host").toString();
      Run added = Run.of("account", "add", "bob@example.org", "--plan=premium", "--data", data);
      String bob =
          added
              .out()
              .lines()
              .filter(line -> line.contains("csg_"))
              .findFirst()
              .orElseThrow()
              .replaceFirst(".*csg_", "csg_")
              .strip();
      Path up = Files.createDirectory(home.resolve("up"));
      for (String name : List.of("a", "b", "c")) {
        Files.writeString(up.resolve(name), "old");
      }
      FolderId docs = alice.folders().make(FolderId.ROOT, "docs");
      alice.folders().share(docs, List.of(new Folder.Guest("bob@example.org", true, false)));
      String[] put = {"put", "-r", "--if-exists=replace", up + "/.", "/docs"};
      assertThat(run(host, bob, put).exitCode()).isZero();
      meanwhile.set(() -> renameAndMove(alice, docs));
      for (String name : List.of("a", "b", "c")) {
        Files.writeString(up.resolve(name), "newer");
      }
      assertThat(run(host, bob, put).exitCode()).isZero();
      String alices = opened.key();
      assertThat(run(host, alices, "ls", "/docs").out()).isEqualTo("kept/\na\na-final\nb\nc\n");
      assertThat(run(host, alices, "cat", "/docs/a-final", "/docs/kept/b").out())
          .isEqualTo("oldold");
    }
  }

  private static void renameAndMove(Client client, FolderId docs) {
    try {
      Map<String, FileLink> links =
          client.folders().list(docs).files().stream()
              .collect(
                  Collectors.toMap(RemoteFile::name, file -> Objects.requireNonNull(file.link())));
      client.files().rename(Map.of(links.get("a"), "a-final"));
      client.files().move(List.of(links.get("b")), client.folders().make(docs, "kept"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands in front of a real host runs what somebody does while files are sent. */
  private StandIn inFrontOf(AtomicReference<RealHost> real) throws IOException {
    return new StandIn(
        Timing.SYSTEM,
        path -> {
          if (path.equals("/upload.cgi")) {
            meanwhile.getAndSet(() -> {}).run();
          }
          return Fault.NONE;
        },
        url -> {
          real.set(RealHost.start(home.resolve("host"), url));
          return new Behind(real.get(), false);
        });
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

  private Run run(StandIn host, String key, String... arguments) {
    var out = new ByteArrayOutputStream();
    var environment =
        Map.of(
            "HOME", home.toString(),
            "CONSIGNE_URL", host.url().toString(),
            "CONSIGNE_API_KEY", key);
    return Run.within(
        new Surroundings(environment, InputStream.nullInputStream(), out, false, false),
        out,
        arguments);
  }
}
