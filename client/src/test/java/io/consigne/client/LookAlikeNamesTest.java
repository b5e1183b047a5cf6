package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.AsOneFichier;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadResult.Stored;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that 1fichier.com mangles: each sync found them missing, and sent them once more. */
class LookAlikeNamesTest {
  private static final String NAME = " L'été <1> costs $5 ";

  @TempDir private Path directory;
  private final VirtualTiming timing = new VirtualTiming();

  private Client client(URI url, StandIn host) {
    ClientConfig config =
        ClientConfig.of(url, new ApiKey("standin-key-of-alice"))
            .with(Limits.DOCUMENTED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state"));
    return new Client(url.equals(host.url()) ? config : config.over(() -> new AsOneFichier(host)));
  }

  private static UploadSource source() {
    return UploadSource.of(NAME, new byte[] {1});
  }

  @Test
  void at1fichier_theyAreLookAlikesThere_andThemselvesHere() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(ClientConfig.ONE_FICHIER, host)) {
      FolderId folder = client.folders().make(FolderId.ROOT, "a'b");
      assertThat(host.files().folderNames()).containsExactly("a＇b");
      assertThat(client.uploads().send(folder, List.of(source()), Progress.UNSEEN))
          .singleElement()
          .isInstanceOfSatisfying(
              Stored.class, stored -> assertThat(stored.name()).isEqualTo(NAME));
      assertThat(host.files().contents()).containsOnlyKeys("␠L＇été ＜1＞ costs ＄5␠");
      FolderListing listing = client.folders().list(folder);
      assertThat(listing.folder().name()).isEqualTo("a'b");
      RemoteFile file = listing.files().getFirst();
      assertThat(file.name()).isEqualTo(NAME);
      assertThat(client.folders().list(FolderId.ROOT).folders())
          .extracting(Folder::name)
          .containsExactly("a'b");
      RemoteFile known = client.files().info(sent(client, folder).link()).file();
      assertThat(known.name()).isEqualTo(NAME);
      assertThat(known.place()).extracting(RemoteFile.Place::path).isEqualTo("a'b");
      client.files().rename(Map.of(Objects.requireNonNull(file.link()), "`x`"));
      assertThat(host.files().contents()).containsKey("｀x｀");
      assertThat(host.failures()).isEmpty();
    }
  }

  private static Stored sent(Client client, FolderId folder) throws IOException {
    return (Stored) client.uploads().send(folder, List.of(source()), Progress.UNSEEN).getFirst();
  }

  @Test
  void elsewhere_namesGoAsTheyAre() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host.url(), host)) {
      UploadSource source = UploadSource.of("L'été $5", new byte[] {1});
      client.uploads().send(FolderId.ROOT, List.of(source), Progress.UNSEEN);
      assertThat(host.files().contents()).containsOnlyKeys("L'été $5");
    }
  }
}
