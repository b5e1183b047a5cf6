package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs of which the process ends at a moment that a test says, and those that follow them. */
abstract class KilledRuns {
  static final Duration AGE = Limit.FOLDER.interval();
  static final Duration LATE = Duration.ofMinutes(4);
  static final String UPLOAD = "/upload.cgi";
  static final String REPORT = "/end.pl";

  final VirtualTiming timing = new VirtualTiming();
  Function<String, Fault> script = _ -> Fault.NONE;
  volatile boolean dead;

  @TempDir Path directory;

  /** The last that a run does. */
  enum Last {
    /** Its bytes are taken, and it does not hear of that. */
    UPLOAD_UNANSWERED(UPLOAD, Fault.LOST_ANSWER),
    /** It asks for the report, and does not hear it. */
    REPORT_UNANSWERED(REPORT, Fault.CUT),
    /** It is told to wait for the report. */
    REPORT_LATE(REPORT, Fault.LATE_REPORT);

    final String path;
    final Fault fault;

    Last(String path, Fault fault) {
      this.path = path;
      this.fault = fault;
    }
  }

  /** The process ends where it would wait. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void files() throws IOException {
    for (String name : List.of("a.txt", "b.txt", "c.txt")) {
      Files.writeString(
          Files.createDirectories(directory.resolve("local")).resolve(name),
          "the bytes of " + name);
    }
  }

  Fault fault(String path) {
    return dead ? Fault.CUT : script.apply(path);
  }

  Function<String, Fault> killedAt(String path, Fault fault) {
    return seen -> {
      dead = seen.equals(path);
      return dead ? fault : Fault.NONE;
    };
  }

  StandIn standIn() throws IOException {
    var host = new StandIn(timing.truth(), this::fault);
    host.files().listingsAreLate(LATE);
    return host;
  }

  /** What one process has: its client, and its view of the cache that all share. */
  final class Session implements AutoCloseable {
    private final Client client;
    final Listings listings;

    Session(URI url, String key) throws IOException {
      Timing mortal =
          new Timing() {
            @Override
            public Instant now() {
              return timing.now();
            }

            @Override
            public void sleep(Duration time) {
              if (dead) {
                throw new Killed();
              }
              timing.sleep(time);
            }
          };
      ClientConfig config =
          ClientConfig.of(url, new ApiKey(key))
              .with(Limits.DOCUMENTED)
              .with(new Waiting(mortal, Duration.ofHours(2), Waits.UNSEEN))
              .stateIn(directory.resolve("state"));
      client = new Client(config);
      listings = new Listings(client, config, directory.resolve("cache"));
    }

    Session(StandIn host) throws IOException {
      this(host.url(), "standin-key-of-alice");
    }

    List<String> settle() throws IOException {
      return listings.files().settle("", AGE);
    }

    Outcome sync() throws IOException {
      var sides = new Comparison.Sides(directory.resolve("local"), "", Filter.ALL, false, AGE);
      Plan plan = Plan.up(Comparison.of(sides, listings), false);
      return new Run(client, listings, sides, Run.Watch.NOBODY, 4).of(plan);
    }

    @Override
    public void close() throws IOException {
      listings.close();
      client.close();
    }
  }

  void runIsKilled(StandIn host) throws IOException {
    runIsKilled(host.url(), "standin-key-of-alice");
  }

  void runIsKilled(URI url, String key) throws IOException {
    try (var first = new Session(url, key)) {
      assertThatThrownBy(first::sync).isInstanceOf(Killed.class);
    }
    dead = false;
    script = _ -> Fault.NONE;
  }

  static void isThereOnce(StandIn host) {
    assertThat(host.files().contents())
        .isEqualTo(
            Map.of(
                "a.txt", List.of("the bytes of a.txt"),
                "b.txt", List.of("the bytes of b.txt"),
                "c.txt", List.of("the bytes of c.txt")));
  }
}
