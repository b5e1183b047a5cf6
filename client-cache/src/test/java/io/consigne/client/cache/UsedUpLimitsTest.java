package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Timing;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Consigne host that wants no more calls of one kind, such as the listing of all files, takes all
 * others, and nobody waits for it who needs none of these.
 */
@SuppressWarnings("NullAway.Init") // set before each test
class UsedUpLimitsTest {
  /** More than the host takes of such calls at once. */
  private static final int MORE = 7;

  @TempDir private Path directory;
  private RealHost host;
  private Client client;
  private Listings listings;

  /** What would have to wait longer than for the calls of a second fails. */
  @BeforeEach
  void open() throws IOException {
    host = RealHost.limited(directory.resolve("host"));
    ClientConfig config =
        ClientConfig.of(host.url(), new ApiKey(host.key()))
            .with(new Waiting(Timing.SYSTEM, Duration.ofSeconds(20), Waits.UNSEEN))
            .stateIn(directory.resolve("state"));
    client = new Client(config);
    listings = new Listings(client, config, directory.resolve("cache"));
    store("one", "a");
    store("two", "b");
  }

  @AfterEach
  void close() throws IOException {
    listings.close();
    client.close();
    host.close();
  }

  private void store(String folder, String name) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    client
        .uploads()
        .send(
            listings.folders().make(folder, Duration.ZERO).id(),
            List.of(new UploadSource(name, 1, null, () -> new ByteArrayInputStream(bytes))),
            Progress.UNSEEN);
  }

  @Test
  void listingOfAllFiles_usedUp_goesFolderByFolder() throws IOException {
    for (int i = 0; i < MORE; i++) {
      RemoteTree tree = listings.tree("", Duration.ZERO);
      assertThat(tree.files()).containsOnlyKeys("one/a", "two/b");
      assertThat(tree.folders()).containsExactlyInAnyOrder("", "one", "two");
    }
    assertThatThrownBy(() -> client.files().listAll())
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isInstanceOf(Refusal.Flood.class));
    assertThat(client.flood().lockedFor()).isZero();
    assertThat(client.files().list(FolderId.ROOT, null, null)).isEmpty();
  }

  @Test
  void account_askedTooOften_isToldAsItWas() throws IOException {
    for (int i = 0; i < MORE; i++) {
      assertThat(client.account().email()).isEqualTo("admin");
    }
    assertThat(client.flood().lockedFor()).isZero();
    store("one", "c");
  }
}
