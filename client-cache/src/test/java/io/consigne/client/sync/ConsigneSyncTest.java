package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs with a Consigne host. */
@SuppressWarnings("NullAway.Init") // set before each test
class ConsigneSyncTest extends SyncContract {
  private RealHost host;

  @Override
  ClientConfig start() throws IOException {
    host = RealHost.start(directory.resolve("host"));
    return ClientConfig.of(host.url(), new ApiKey(host.key())).stateIn(directory.resolve("state"));
  }

  @Override
  void stop() {
    host.close();
  }

  @Override
  int downloads() {
    return 4;
  }

  @Override
  Duration age() {
    return Duration.ZERO;
  }

  @Override
  void expireListings() {}

  @Test
  void emptyFile_andItsTime_travel() throws IOException {
    write("empty", "");
    assertThat(run(planUp(false)).failed()).isEmpty();
    assertThat(remote()).isEqualTo(localContents());
    assertThat(listings.tree("Backup/of me", Duration.ZERO).files().get("empty"))
        .extracting(file -> file.times().modified())
        .containsExactly(TIME);
  }

  /** Another client stores another file of the same path, size and time: only the content tells. */
  @Test
  void successorOfTheSameTime_isFetched() throws IOException {
    send("one");
    run(Plan.down(Comparison.of(sides(), listings), true));
    assertThat(localContents()).isEqualTo(Map.of("a.txt", List.of("one")));
    RemoteFile first = remoteFile("a.txt");
    client.files().remove(List.of(DownloadSource.of(first).link()));
    send("two");
    run(Plan.down(Comparison.of(sides(), listings), true));
    assertThat(localContents()).isEqualTo(Map.of("a.txt", List.of("two")));
  }

  private void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    client
        .uploads()
        .send(
            listings.make("Backup/of me", age()).id(),
            List.of(new UploadSource("a.txt", 3, TIME, () -> new ByteArrayInputStream(bytes))),
            Progress.UNSEEN);
  }

  /** Prints what many small files cost; only that it is right is asserted. */
  @Test
  void manyFilesWithNothingToDo() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      write("f%02d/file %04d".formatted(i % 20, i), "text " + i);
    }
    long begun = System.nanoTime();
    assertThat(run(planUp(false)).failed()).isEmpty();
    long sent = System.nanoTime();
    assertThat(planUp(true).steps()).isEmpty();
    System.out.printf(
        "2,000 files: first run %d ms, with nothing to do %d ms%n",
        (sent - begun) / 1_000_000, (System.nanoTime() - sent) / 1_000_000);
  }
}
