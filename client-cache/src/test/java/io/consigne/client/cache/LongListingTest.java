package io.consigne.client.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.standin.Answering;
import io.consigne.client.standin.Behind;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StandIn;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account of which one call would tell more than there is room for. */
final class LongListingTest {
  @TempDir private Path directory;
  private final AtomicReference<RealHost> real = new AtomicReference<>();

  private Answering behind(URI url) throws IOException {
    real.set(RealHost.start(directory.resolve("host"), url));
    var behind = new Behind(real.get(), false);
    byte[] words = "{\"status\":\"KO\",\"message\":\"Too long\"}".getBytes(UTF_8);
    return request ->
        request.target().startsWith("/v1/file/ls.cgi")
            ? new Reply(413, "application/json", Map.of(), words)
            : behind.answer(request);
  }

  /** Nothing could be synced. */
  @Test
  void listingThatIsTooLong_isAskedForOnce_andThenGoesFolderByFolder() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE, this::behind);
        RealHost one = real.get()) {
      ClientConfig config =
          ClientConfig.of(host.url(), new ApiKey(one.key())).stateIn(directory.resolve("state"));
      try (var client = new Client(config);
          var listings = new Listings(client, config, directory.resolve("cache"))) {
        client
            .uploads()
            .send(
                listings.folders().make("one", Duration.ZERO).id(),
                List.of(UploadSource.of("a", "a".getBytes(UTF_8))),
                Progress.UNSEEN);
        RemoteTree tree = listings.tree("", Duration.ZERO);
        assertThat(tree.files()).containsOnlyKeys("one/a");
        assertThat(host.seen("/v1/file/ls.cgi")).isEqualTo(1);
      }
    }
  }
}
