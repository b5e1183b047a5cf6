package io.consigne.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StandIn;
import io.consigne.client.transport.HttpTransport;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks through folders that are asked for together. */
final class TreeTest {
  private static final int AT_ONCE = 8;

  @TempDir private Path state;

  /** Lets nobody list a folder before eight want to. */
  private static final class Meeting implements Transport {
    private final Transport inner = new HttpTransport(null, Duration.ofMinutes(1));
    private final CyclicBarrier barrier = new CyclicBarrier(AT_ONCE);
    private volatile boolean isOpen = true;

    @Override
    public WireAnswer send(WireRequest request) throws IOException {
      if (!isOpen && request.uri().getPath().endsWith("folder/ls.cgi")) {
        try {
          barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
          throw new AssertionError("the others are not asked for at the same time", e);
        }
      }
      return inner.send(request);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @Test
  void walk_asksForEightFoldersAtOnce() throws IOException {
    var meeting = new Meeting();
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var client = new Client(config(host).over(() -> meeting));
        var listings = new Listings(client, config(host), state)) {
      for (int i = 0; i < 2 * AT_ONCE; i++) {
        client.folders().make(FolderId.ROOT, "folder " + i);
      }
      var tree = new Tree(client, listings);
      tree.list(RemotePath.ROOT, FolderId.ROOT);
      meeting.isOpen = false;
      var seen = new TreeSet<String>();
      tree.walk(RemotePath.of("/"), FolderId.ROOT, entry -> seen.add(entry.path().toString()));
      assertThat(seen).hasSize(2 * AT_ONCE);
    }
  }

  /** What was stored there went to the other account. */
  @Test
  void folderOfOnesOwn_comesBeforeOneThatIsShared() throws IOException {
    String listing =
        """
        {"status": "OK", "folder_id": 0, "name": "", "files": 0, "items": [], "sub_folders": [
          {"id": 7, "name": "Docs", "pass": 0, "user": "bob@example.org", "rw": 1},
          {"id": 8, "name": "Docs", "pass": 0}]}\
        """;
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE, _ -> _ -> json(listing));
        var client = new Client(config(host));
        var listings = new Listings(client, config(host), state)) {
      Folder found = new Tree(client, listings).folder(RemotePath.of("/Docs")).orElseThrow();
      assertThat(found.id()).isEqualTo(new FolderId(8));
    }
  }

  private static Reply json(String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Reply(200, "application/json; charset=utf-8", Map.of(), body);
  }

  private ClientConfig config(StandIn host) {
    return ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice")).stateIn(state);
  }
}
