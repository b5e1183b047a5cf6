package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transfer.UploadSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
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
            listings.folders().make("Backup/of me", age()).id(),
            List.of(new UploadSource("a.txt", 3, TIME, () -> new ByteArrayInputStream(bytes))),
            Progress.UNSEEN);
  }

  /** Each upload waits until there are as many as may be: one after the other would never end. */
  @Test
  void folders_areSentIntoAtOnce_asManyAsMayBe() throws IOException {
    int most = TransferLimits.DEFAULT.parallel();
    for (int i = 0; i < 3 * most; i++) {
      write("folder %d/file".formatted(i), "text " + i);
    }
    var meeting = new CyclicBarrier(most);
    var underWay = new AtomicInteger();
    var seen = ConcurrentHashMap.<Integer>newKeySet();
    Progress progress =
        event -> {
          if (event instanceof TransferEvent.Begun) {
            seen.add(underWay.incrementAndGet());
            await(meeting);
          } else if (event instanceof TransferEvent.Ended) {
            underWay.decrementAndGet();
          }
        };
    var watch = new Run.Watch(progress, _ -> {});
    Outcome outcome = new Run(client, listings, sides(), watch, downloads()).of(planUp(false));
    assertThat(outcome.failed()).isEmpty();
    assertThat(seen).contains(most).allMatch(uploads -> uploads <= most);
    assertThat(remote()).isEqualTo(localContents());
  }

  private static void await(CyclicBarrier meeting) {
    try {
      meeting.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the others are not sent at the same time", e);
    }
  }

  /** Another client stores and removes: at a Consigne host that is seen by the next look. */
  @Test
  void changeByAnotherClient_isSeenAtOnce() throws IOException {
    write("a.txt", "one");
    run(planUp(false));
    assertThat(planUp(true).steps()).isEmpty();
    send("new");
    assertThat(listings.tree("Backup/of me", age()).files().get("a.txt")).hasSize(2);
    client.files().remove(List.of(DownloadSource.of(remoteFile("a.txt")).link()));
    assertThat(listings.tree("Backup/of me", age()).files().get("a.txt")).hasSize(1);
  }

  /** Nothing below any folder was sent, and so it was with each run. */
  @Test
  void folderWhoseNameIsRefused_isLeft_andTheOthersAreSent() throws IOException {
    write("bad\u0001/deep/a.txt", "one");
    write("good/b.txt", "two");
    Outcome outcome = run(planUp(false));
    assertThat(outcome.failed())
        .extracting(failed -> failed.step().path())
        .containsExactly("bad\u0001", "bad\u0001/deep", "bad\u0001/deep/a.txt");
    assertThat(remote()).isEqualTo(Map.of("good/b.txt", List.of("two")));
  }

  @Test
  void manyFiles_thatWereSent_leaveNothingToDo() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      write("f%02d/file %04d".formatted(i % 20, i), "text " + i);
    }
    assertThat(run(planUp(false)).failed()).isEmpty();
    assertThat(planUp(true).steps()).isEmpty();
  }
}
