package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that fetches a file is killed; the next one goes on where it was. */
class DownloadKillTest {
  private static final int RANGE = 200_000;

  @TempDir private Path directory;

  private static Client client(URI url, Path state) {
    return new Client(
        ClientConfig.of(url, new ApiKey("standin-key-of-alice"))
            .with(Limits.ANNOUNCED)
            .with(new TransferLimits(500, 8 << 20, 256 << 20, 2, 10, RANGE, Long.MAX_VALUE))
            .stateIn(state));
  }

  private static DownloadSource source(Client client) throws IOException {
    return DownloadSource.of(client.folders().list(FolderId.ROOT).files().getFirst());
  }

  @Test
  void killed_goesOn_andNobodyElseMayMeanwhile() throws Exception {
    var bytes = new byte[2_000_000];
    new Random(9).nextBytes(bytes);
    Path target = directory.resolve("large.bin");
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var client = client(host.url(), directory.resolve("state"))) {
      host.files().add("large.bin", bytes);
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Fetcher.class.getName(),
                  host.url().toString(),
                  target.toString())
              .redirectError(directory.resolve("errors").toFile())
              .start();
      try (BufferedReader out = process.inputReader()) {
        assertThat(out.readLine())
            .as(Files.readString(directory.resolve("errors")))
            .isEqualTo("far");
        DownloadSource source = source(client);
        assertThatThrownBy(() ->
                client.downloads().fetch(source, target, Downloads.IfExists.FAIL, Progress.UNSEEN))
            .hasMessageStartingWith("another download of it is under way: ");
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        assertThat(target).doesNotExist();
        var moved = new AtomicLong();
        client
            .downloads()
            .fetch(
                source,
                target,
                Downloads.IfExists.FAIL,
                event -> {
                  if (event instanceof TransferEvent.Moved(TransferFile _, long some)) {
                    moved.addAndGet(some);
                  }
                });
        assertThat(target).hasBinaryContent(bytes);
        assertThat(moved.get()).isLessThanOrEqualTo(bytes.length - 3 * RANGE);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  /** A process that fetches half of the file, says so, and then fetches no more. */
  static final class Fetcher {
    private Fetcher() {}

    public static void main(String[] args) throws IOException {
      var left = new AtomicLong(1_000_000);
      try (Client client = client(URI.create(args[0]), Path.of(args[1] + ".state.d"))) {
        client
            .downloads()
            .fetch(
                source(client),
                Path.of(args[1]),
                Downloads.IfExists.FAIL,
                event -> {
                  if (event instanceof TransferEvent.Moved(TransferFile _, long some)
                      && left.addAndGet(-some) < 0) {
                    stay();
                  }
                });
      }
    }

    /** For ever: until the process is killed, or whoever started it ends. */
    private static synchronized void stay() {
      try {
        System.out.println("far");
        System.in.read();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
