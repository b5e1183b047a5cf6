package io.consigne.client.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.standin.Answering;
import io.consigne.client.standin.Behind;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account of which one call tells all. */
final class WholeListingTest {
  @TempDir private Path directory;
  private final AtomicReference<RealHost> real = new AtomicReference<>();

  private Answering behind(URI url) throws IOException {
    real.set(RealHost.start(directory.resolve("host"), url));
    return new Behind(real.get(), false);
  }

  /** That a folder is the account's own was asked for, though it tells files of nobody else. */
  @Test
  void folderBelowWhichFilesAreTold_isNotAskedFor() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE, this::behind);
        RealHost one = real.get()) {
      ClientConfig config =
          ClientConfig.of(host.url(), new ApiKey(one.key())).stateIn(directory.resolve("state"));
      try (var client = new Client(config);
          var makes = new Listings(client, config, directory.resolve("makes"));
          var listings = new Listings(client, config, directory.resolve("cache"))) {
        client
            .uploads()
            .send(
                makes.folders().make("one/below", Duration.ZERO).id(),
                List.of(UploadSource.of("a", "a".getBytes(UTF_8))),
                Progress.UNSEEN);
        host.seen().clear();
        assertThat(listings.tree("one", Duration.ZERO).files()).containsOnlyKeys("below/a");
        assertThat(host.seen("/v1/file/ls.cgi")).isEqualTo(1);
        assertThat(host.seen("/v1/folder/ls.cgi")).isZero();
        listings.folders().make("two", Duration.ZERO);
        assertThat(listings.tree("two", Duration.ZERO).files()).isEmpty();
        assertThatThrownBy(() -> listings.tree("on", Duration.ZERO))
            .isInstanceOf(NoSuchFileException.class);
      }
    }
  }
}
