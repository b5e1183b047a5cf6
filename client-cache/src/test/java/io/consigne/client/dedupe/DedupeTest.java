package io.consigne.client.dedupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Waiting;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies go, and one of each always stays. */
class DedupeTest {
  @TempDir private Path directory;

  private interface Work {
    void run(Client client, Listings listings) throws IOException;
  }

  private void with(ClientConfig config, Work work) throws IOException {
    ClientConfig own = config.stateIn(directory.resolve("state"));
    try (var client = new Client(own);
        var listings = new Listings(client, own, directory.resolve("cache"))) {
      send(client, FolderId.ROOT, "b.txt", "twice");
      FolderId folder = client.folders().make(FolderId.ROOT, "A");
      send(client, folder, "a.txt", "twice");
      send(client, folder, "b.txt", "once!");
      work.run(client, listings);
    }
  }

  private void atBoth(Work work) throws IOException {
    try (RealHost host = RealHost.start(directory.resolve("host"))) {
      with(ClientConfig.of(host.url(), new ApiKey(host.key())), work);
    }
    var timing = new VirtualTiming();
    try (var host = new StandIn(timing, _ -> Fault.NONE)) {
      with(
          ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
              .with(Limits.DOCUMENTED)
              .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN)),
          work);
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  private static void send(Client client, FolderId folder, String name, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    client.uploads().send(folder, List.of(UploadSource.of(name, bytes)), Progress.UNSEEN);
  }

  private static List<String> names(Client client) throws IOException {
    FolderId folder = client.folders().list(FolderId.ROOT).folders().getFirst().id();
    return Stream.concat(
            client.folders().list(FolderId.ROOT).files().stream(),
            client.folders().list(folder).files().stream())
        .map(RemoteFile::name)
        .toList();
  }

  @Test
  void copies_goButOne() throws IOException {
    atBoth((client, listings) -> {
      var dedupe = new Dedupe(client, listings);
      List<Group> groups = dedupe.groups("", Keep.FIRST_PATH, Duration.ZERO);
      assertThat(groups).hasSize(1);
      Group group = groups.getFirst();
      assertThat(group.byContent()).isTrue();
      assertThat(group.freedBytes()).isEqualTo(5);
      assertThat(Keep.path(group.kept())).isEqualTo("/A/a.txt");
      assertThat(names(client)).hasSize(3);
      assertThat(dedupe.remove(group)).isTrue();
      assertThat(names(client)).containsExactlyInAnyOrder("a.txt", "b.txt");
      assertThat(dedupe.groups("", Keep.FIRST_PATH, Duration.ofMinutes(10))).isEmpty();
    });
  }

  /** Of a file with two parts that are alike one was removed, and so was the file. */
  @Test
  void partsOfAFile_areNoCopies() throws IOException {
    atBoth((client, listings) -> {
      FolderId parts = client.folders().make(FolderId.ROOT, "big.split");
      for (String name : List.of("0001", "0002", "manifest", "notes")) {
        send(client, parts, name, "twice");
      }
      List<Group> groups = new Dedupe(client, listings).groups("", Keep.FIRST_PATH, Duration.ZERO);
      assertThat(groups).hasSize(1);
      assertThat(groups.getFirst().files())
          .extracting(Keep::path)
          .containsExactly("/A/a.txt", "/b.txt", "/big.split/notes");
    });
  }

  /** Another client removes what was to be kept, after the groups were found. */
  @Test
  void lastCopy_stays() throws IOException {
    atBoth((client, listings) -> {
      var dedupe = new Dedupe(client, listings);
      Group group = dedupe.groups("", Keep.FIRST_PATH, Duration.ZERO).getFirst();
      client.files().remove(List.of(DownloadSource.of(group.kept()).link()));
      assertThat(dedupe.remove(group)).isFalse();
      assertThat(names(client)).containsExactlyInAnyOrder("b.txt", "b.txt");
    });
  }

  @Test
  void groupThatRemovesWhatItKeeps_isRefused() throws IOException {
    atBoth((client, listings) -> {
      Group group = new Dedupe(client, listings).groups("", Keep.OLDEST, Duration.ZERO).getFirst();
      assertThatThrownBy(() -> new Group(true, 5, group.kept(), List.of(group.kept())))
          .hasMessage("the last copy is not removed: " + group.kept().link());
    });
  }
}
