package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.cache.Contents;
import io.consigne.client.cache.Listings;
import io.consigne.client.dedupe.Dedupe;
import io.consigne.client.dedupe.Group;
import io.consigne.client.dedupe.Keep;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation, compiled, and run against a Consigne host. */
final class CacheExamplesTest {
  @TempDir private Path directory;

  @Test
  void examples_work() throws IOException {
    Path photos = Files.createDirectories(directory.resolve("photos"));
    Path file = Files.writeString(photos.resolve("a.txt"), "twice");
    Files.writeString(photos.resolve("b.txt"), "twice");
    try (RealHost host = RealHost.start(directory.resolve("host"))) {
      ClientConfig config =
          ClientConfig.of(host.url(), new ApiKey(host.key())).stateIn(directory.resolve("state"));
      assertThat(store(config, directory.resolve("cache"), file)).containsExactly("a.txt");
      try (Client client = new Client(config);
          var listings = new Listings(client, config, directory.resolve("cache"))) {
        assertThat(syncUp(client, listings, photos).done()).hasSize(3);
        assertThat(syncUp(client, listings, photos).done()).isEmpty();
        assertThat(freeSpace(client, listings)).isEqualTo(2L * "twice".length());
      }
    }
  }

  // @start region="listings"
  static List<String> store(ClientConfig config, Path cache, Path file) throws IOException {
    try (Client client = new Client(config);
        var listings = new Listings(client, config, cache)) {
      CachedFolder notes = listings.folders().make("Notes/2027", Duration.ofSeconds(30));
      listings
          .files()
          .store(
              notes.id(),
              uploads -> uploads.send(notes.id(), List.of(UploadSource.of(file)), Progress.UNSEEN));
      // At 1fichier.com this asks nothing: what was made and stored from here is known.
      Contents contents = listings.list(notes, Duration.ofSeconds(30));
      return contents.files().stream().map(RemoteFile::name).toList();
    }
  }

  // @end

  // @start region="sync"
  static Outcome syncUp(Client client, Listings listings, Path photos) throws IOException {
    var sides = new Comparison.Sides(photos, "Photos", Filter.ALL, false, Duration.ofSeconds(30));
    Plan plan = Plan.up(Comparison.of(sides, listings), false);
    plan.steps().forEach(System.out::println);
    return new Run(client, listings, sides, Run.Watch.NOBODY, 4).of(plan);
  }

  // @end

  // @start region="dedupe"
  static long freeSpace(Client client, Listings listings) throws IOException {
    var dedupe = new Dedupe(client, listings);
    long freed = 0;
    for (Group group : dedupe.groups("", Keep.OLDEST, Duration.ofSeconds(30))) {
      if (group.byContent() && dedupe.remove(group)) {
        freed += group.freedBytes();
      }
    }
    return freed;
  }
  // @end
}
