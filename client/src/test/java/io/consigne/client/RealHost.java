package io.consigne.client;

import io.consigne.core.uploads.Dedupe;
import io.consigne.server.Host;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Consigne host on loopback, with its first account. */
public record RealHost(Host host, String key) implements AutoCloseable {
  /** Starts one that keeps its data in a directory. */
  public static RealHost start(Path data) throws IOException {
    return start(data, null);
  }

  /** Starts one that holds its accounts to the limits of their plans. */
  public static RealHost limited(Path data) throws IOException {
    return start(data, null, true);
  }

  /** Starts one that hands out addresses that begin with {@code publicUrl}. */
  public static RealHost start(Path data, @Nullable URI publicUrl) throws IOException {
    return start(data, publicUrl, false);
  }

  private static RealHost start(Path data, @Nullable URI publicUrl, boolean limits)
      throws IOException {
    var web =
        new HostConfig.Web(
            new ListenAddress("127.0.0.1", 0),
            publicUrl,
            new HostConfig.Tls.None(),
            List.of(),
            Duration.ofSeconds(1));
    Host host = Host.start(new HostConfig(storage(data), web, rules(limits), null));
    return new RealHost(host, host.firstKey().orElseThrow().reveal());
  }

  private static HostConfig.Storage storage(Path data) {
    var never = new HostConfig.Scrubbing(Duration.ZERO, Long.MAX_VALUE);
    return new HostConfig.Storage(data, null, Dedupe.ACCOUNT, never);
  }

  private static HostConfig.Rules rules(boolean limits) {
    return new HostConfig.Rules(
        limits,
        false,
        null,
        new HostConfig.Watch(true, HostConfig.FloodStyle.WAIT),
        new HostConfig.Keeping(false, Duration.ofDays(400)),
        new HostConfig.Fetches(16, List.of(), Set.of(), Set.of(), true),
        null);
  }

  /** Where its calls are. */
  public URI url() {
    return URI.create(host.url());
  }

  @Override
  public void close() {
    host.close();
  }
}
