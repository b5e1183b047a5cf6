package io.consigne.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Tree;
import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is replaced at a host that lists late, or not all. */
@SuppressWarnings("NullAway.Init") // set before each test
final class PredecessorsTest {
  private static final Duration AGE = Duration.ofSeconds(31);

  private final VirtualTiming timing = new VirtualTiming();
  private StandIn host;
  private Client client;
  private Listings listings;
  private Tree tree;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    host = new StandIn(timing.truth(), _ -> Fault.NONE);
    ClientConfig config =
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.DOCUMENTED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state"));
    client = new Client(config);
    listings = new Listings(client, config, directory.resolve("cache"));
    tree = new Tree(client, listings);
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(host.watch().broken()).isEmpty();
    listings.close();
    client.close();
    host.close();
  }

  private static UploadSource source(String name) {
    return UploadSource.of(name, new byte[] {1});
  }

  private List<PlannedFile> stored(FolderId folder, int files) throws IOException {
    List<UploadSource> sources =
        IntStream.rangeClosed(1, files).mapToObj(i -> source("f" + i)).toList();
    List<UploadResult> results =
        listings.files().store(folder, uploads -> uploads.send(folder, sources, Progress.UNSEEN));
    var planned = new ArrayList<PlannedFile>();
    for (UploadResult result : results) {
      FileLink link = ((UploadResult.Stored) result).link();
      planned.add(new PlannedFile("here", result.source(), List.of(link)));
    }
    return planned;
  }

  /** They were taken to have moved: both stayed, and the command said that all was stored. */
  @Test
  void whatWasStoredFromHereJustNow_isReplaced_alsoIfItIsListedLate() throws IOException {
    tree.list(RemotePath.ROOT, FolderId.ROOT);
    host.files().listingsAreLate(Duration.ofMinutes(4));
    var predecessors = new Predecessors(tree);
    List<PlannedFile> files = stored(FolderId.ROOT, 5);
    timing.sleep(AGE);
    assertThat(predecessors.remove(RemotePath.ROOT, FolderId.ROOT, files)).isEmpty();
    assertThat(host.files().contents()).isEmpty();
  }

  /** The same. */
  @Test
  void whatTheHostDoesNotTell_isNotSaidToBeReplaced() throws IOException {
    var folder = new FolderId(host.files().addFolder("big", List.of()));
    RemotePath path = RemotePath.ROOT.child("big");
    var predecessors = new Predecessors(tree);
    List<PlannedFile> files = stored(folder, 23);
    timing.sleep(Duration.ofMinutes(6));
    Instant same = timing.now();
    for (int i = 1; i <= 5_000; i++) {
      host.files().put(folder.value(), "other" + i, same);
    }
    assertThat(predecessors.remove(path, folder, files)).hasSize(3);
    assertThat(host.files().contents()).hasSize(5_003);
  }
}
