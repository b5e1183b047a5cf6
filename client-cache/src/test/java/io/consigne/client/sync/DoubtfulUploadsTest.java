package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Limit;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host has said to have, and neither lists nor reports for long. */
@SuppressWarnings("NullAway.Init") // set before each test
class DoubtfulUploadsTest {
  private static final Duration AGE = Limit.FOLDER.interval();
  private static final List<String> IN_DOUBT =
      List.of(
          "the host may have a.txt, and does not tell yet what became of it; the same again asks"
              + " for it before anything is sent");

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  private Path local;

  @BeforeEach
  void file() throws IOException {
    local = Files.createDirectory(directory.resolve("local"));
    Files.writeString(local.resolve("a.txt"), "one");
  }

  /** Without reports, and with listings that are so late. */
  private StandIn host(Duration late) throws IOException {
    var host =
        new StandIn(
            timing.truth(), path -> path.equals("/end.pl") ? Fault.BAD_GATEWAY : Fault.NONE);
    host.files().listingsAreLate(late);
    return host;
  }

  /** What a run settles, and then what it does. */
  private record Ended(List<String> unknown, Outcome outcome) {
    List<String> failures() {
      return outcome.failed().stream().map(Outcome.Failed::reason).toList();
    }
  }

  private Ended sync(StandIn host) throws IOException {
    ClientConfig config =
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.DOCUMENTED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state"));
    try (var client = new Client(config);
        var listings = new Listings(client, config, directory.resolve("cache"))) {
      List<String> unknown = listings.files().settle("", AGE);
      var sides = new Comparison.Sides(local, "", Filter.ALL, false, AGE);
      Plan plan = Plan.up(Comparison.of(sides, listings), false);
      return new Ended(unknown, new Run(client, listings, sides, Run.Watch.NOBODY, 1).of(plan));
    }
  }

  /** The next run dropped it without a word, and sent it once more. */
  @Test
  void fileInDoubt_isNotSentAgain_asLongAsTheHostMayTell() throws IOException {
    try (StandIn host = host(Duration.ofHours(1))) {
      for (int i = 0; i < 2; i++) {
        Ended run = sync(host);
        assertThat(run.unknown()).isEmpty();
        assertThat(run.failures()).isEqualTo(IN_DOUBT);
        timing.sleep(Duration.ofMinutes(15));
      }
      timing.sleep(Duration.ofHours(1));
      Ended last = sync(host);
      assertThat(last.failures()).isEmpty();
      assertThat(last.outcome().done()).isEmpty();
      assertThat(host.files().contents()).isEqualTo(Map.of("a.txt", List.of("one")));
    }
  }

  @Test
  void fileInDoubt_isNamedAndSentAgain_whenReportsHaveEnded() throws IOException {
    try (StandIn host = host(Duration.ofDays(10))) {
      assertThat(sync(host).failures()).isEqualTo(IN_DOUBT);
      timing.sleep(Duration.ofHours(3));
      Ended next = sync(host);
      assertThat(next.unknown()).containsExactly("a.txt");
      assertThat(host.seen("/upload.cgi")).isEqualTo(2);
    }
  }

  /** Another file of that name is not the one in doubt. */
  @Test
  void fileThatHasChangedSince_isSent() throws IOException {
    try (StandIn host = host(Duration.ofHours(1))) {
      assertThat(sync(host).failures()).isEqualTo(IN_DOUBT);
      Files.writeString(local.resolve("a.txt"), "another");
      sync(host);
      assertThat(host.seen("/upload.cgi")).isEqualTo(2);
    }
  }
}
