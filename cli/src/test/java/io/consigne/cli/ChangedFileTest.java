package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changes while it is sent. */
@SuppressWarnings("NullAway.Init") // set by each test
final class ChangedFileTest {
  @TempDir private Path home;
  private Path changed;

  /** Changes a file, but for its size, when it is asked where files go. */
  private Fault change(String path) {
    if (path.endsWith("get_upload_server.cgi")) {
      try {
        Files.setLastModifiedTime(Files.writeString(changed, "torn"), FileTime.from(Instant.EPOCH));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Fault.NONE;
  }

  /** It took the place of the good one. */
  @Test
  void put_replacesNothingByIt() throws IOException {
    for (String name : List.of("a", "b")) {
      Files.writeString(home.resolve(name), "new " + name);
    }
    changed = Files.writeString(home.resolve("a"), "next");
    try (var host = new StandIn(Timing.SYSTEM, this::change)) {
      host.files().add("a", new byte[] {'o', 'l', 'd'});
      String[] put = {
        "put",
        "--if-exists=replace",
        home.resolve("a").toString(),
        home.resolve("b").toString(),
        "/"
      };
      assertThat(Run.against(host, home, put))
          .isEqualTo(
              new Run(
                  8,
                  "",
                  """
                  consigne: %s: a changed before it was read whole
                  """
                      .formatted(home.resolve("a"))));
      assertThat(host.files().contents())
          .isEqualTo(Map.of("a", List.of("old"), "b", List.of("new b")));
    }
  }

  /** It ended as if the command line made no sense. */
  @Test
  void putOfItAlone_hasFailed() throws IOException {
    changed = Files.writeString(home.resolve("a"), "next");
    try (var host = new StandIn(Timing.SYSTEM, this::change)) {
      Run put = Run.against(host, home, "put", changed.toString(), "/");
      assertThat(put.exitCode()).isEqualTo(1);
      assertThat(put.err()).contains("a changed before it was read whole");
    }
  }

  /** What was neither the old file nor the new one was stored beside the good one. */
  @Test
  void sync_storesNothingOfIt() throws IOException {
    Path folder = Files.createDirectory(home.resolve("folder"));
    Files.writeString(folder.resolve("a"), "next");
    Files.writeString(folder.resolve("b"), "new b");
    changed = folder.resolve("a");
    try (var host = new StandIn(Timing.SYSTEM, this::change)) {
      Run run = Run.against(host, home, "sync", folder.toString(), ":/");
      assertThat(run.err())
          .isEqualTo(
              """
              consigne: a: a changed before it was read whole
              consigne: 1 done, 0 the same, 1 failed
              """);
      assertThat(run.exitCode()).isEqualTo(8);
      assertThat(host.files().contents()).isEqualTo(Map.of("b", List.of("new b")));
    }
  }
}
