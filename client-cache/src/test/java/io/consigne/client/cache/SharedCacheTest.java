package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two that change the same folder and share a cache: neither believes what the other may change.
 */
@SuppressWarnings("NullAway.Init") // set before each test
class SharedCacheTest {
  private static final CachedFolder ROOT = CachedFolder.ROOT;
  private static final Duration OLD = Duration.ofHours(1);

  @TempDir private Path directory;
  private final VirtualTiming timing = new VirtualTiming();
  private Runnable asked = () -> {};
  private StandIn host;
  private Client client;
  private Listings one;
  private Listings other;

  @BeforeEach
  void open() throws IOException {
    host =
        new StandIn(
            timing,
            path -> {
              if (path.endsWith("/folder/ls.cgi")) {
                asked.run();
              }
              return Fault.NONE;
            });
    ClientConfig config =
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.ANNOUNCED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state"));
    client = new Client(config);
    one = new Listings(client, config, directory.resolve("cache"));
    other = new Listings(client, config, directory.resolve("cache"));
  }

  @AfterEach
  void close() throws IOException {
    one.close();
    other.close();
    client.close();
    host.close();
  }

  private void store(String name) {
    host.files().add(name, new byte[] {1});
  }

  private static List<String> listed(Listings listings) throws IOException {
    return listings.list(ROOT, OLD).files().stream().map(RemoteFile::name).toList();
  }

  private void failing(Listings listings, CachedFiles.Change<?> before) {
    assertThatThrownBy(() ->
            listings
                .files()
                .change(
                    FolderId.ROOT,
                    () -> {
                      before.run();
                      throw new IOException("broken");
                    }))
        .hasMessage("broken");
  }

  /** The other's success made what one's failure may have changed believed again. */
  @Test
  void failureBesideASuccess_isAskedFor() throws IOException {
    assertThat(listed(one)).isEmpty();
    failing(
        one,
        () -> {
          other.files().change(FolderId.ROOT, () -> "done");
          store("a");
          return "half";
        });
    assertThat(listed(other)).containsExactly("a");
    store("b");
    assertThat(listed(one)).as("that is known now").containsExactly("a");
  }

  /** A listing counted from when its last call had ended, however old its first one was by then. */
  @Test
  void listingThatTookLong_isAsOldAsItsBeginning() throws IOException {
    asked = () -> timing.sleep(Duration.ofSeconds(40));
    assertThat(listed(one)).isEmpty();
    asked = () -> {};
    store("a");
    assertThat(one.list(ROOT, Duration.ofSeconds(30)).files()).hasSize(1);
  }

  /** What was told before a change failed says nothing of what it did. */
  @Test
  void failureWhileTheFolderIsAskedFor_isAskedForOnceMore() throws IOException {
    asked = () -> failing(one, () -> "");
    assertThat(listed(other)).isEmpty();
    asked = () -> {};
    store("a");
    assertThat(listed(other)).containsExactly("a");
  }

  @Test
  void listingWithinAChange_countsWhenThatIsDone() throws IOException {
    one.files().change(FolderId.ROOT, () -> listed(other));
    store("a");
    assertThat(listed(other)).isEmpty();
  }

  private int write(String sql, Object... values) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("cache"));
        var file =
            new CacheFile(
                files.filter(path -> path.toString().endsWith(".db")).findFirst().orElseThrow())) {
      return file.run(connection -> new Rows(connection).change(sql, values));
    }
  }

  /** Whoever does not see the process, as from another container, takes it for a dead one. */
  @Test
  void failureThatWasTakenForOver_isAskedFor() throws IOException {
    failing(
        one,
        () -> {
          assertThat(listed(other)).isEmpty();
          assertThat(write("DELETE FROM change")).isEqualTo(1);
          assertThat(listed(other)).isEmpty();
          store("a");
          return "half";
        });
    assertThat(listed(other)).containsExactly("a");
  }

  @Test
  void failureThatCannotBeWrittenDown_isStillTold() {
    assertThatThrownBy(() ->
            one.files()
                .change(
                    FolderId.ROOT,
                    () -> {
                      one.close();
                      Path cache = directory.resolve("cache");
                      Files.move(cache, directory.resolve("moved"));
                      Files.createFile(cache);
                      throw new IOException("broken");
                    }))
        .hasMessage("broken")
        .satisfies(broken -> assertThat(broken.getSuppressed()).hasSize(1));
  }

  @Test
  void processThatDied_isAskedAfterOnce() throws IOException {
    assertThat(listed(one)).isEmpty();
    write("INSERT INTO change VALUES (7, 0, ?)", 1_700_000_000L);
    store("a");
    assertThat(listed(other)).containsExactly("a");
    store("b");
    assertThat(listed(other)).containsExactly("a");
  }

  /** 1fichier.com lists a folder once in 30 seconds: each folder that was made took as long. */
  @Test
  void foldersMadeWhileAnotherChanges_areOneListing() throws IOException {
    var asks = new AtomicInteger();
    asked = asks::incrementAndGet;
    other
        .files()
        .change(
            FolderId.ROOT,
            () -> {
              for (String name : List.of("a", "b", "c")) {
                one.folders().make(name, OLD);
              }
              assertThat(asks).hasValue(1);
              failing(one, () -> "");
              one.folders().make("d", OLD);
              assertThat(asks).as("after an own failure").hasValue(2);
              return "done";
            });
    assertThat(host.files().folderNames()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void processThatGoesOn_isAskedAfterEachTime() throws IOException {
    one.files()
        .change(
            FolderId.ROOT,
            () -> {
              assertThat(listed(other)).isEmpty();
              store("a");
              assertThat(listed(other)).containsExactly("a");
              return "done";
            });
  }
}
