package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.sync.Filter.Rule;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan shows is what a run does: trees, changes, filters and directions by chance. */
@SuppressWarnings("NullAway.Init") // set before each run
class PlanEffectTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration AGE = Duration.ofSeconds(30);
  private static final String TOP = "Top";

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;
  private Path local;

  /** Contents by path, in order; on this machine each list has one. */
  private record State(Map<String, List<String>> local, Map<String, List<String>> remote) {
    State copy() {
      return new State(deep(local), deep(remote));
    }

    private static Map<String, List<String>> deep(Map<String, List<String>> map) {
      var copy = new TreeMap<String, List<String>>();
      map.forEach((path, texts) -> copy.put(path, texts.stream().sorted().toList()));
      return copy;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void effect_isWhatThePlanSaid(long seed) throws IOException {
    var random = new Random(seed);
    local = Files.createDirectory(directory.resolve("local"));
    try (var host = new StandIn(timing.truth(), _ -> Fault.NONE)) {
      ClientConfig config =
          ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
              .with(Limits.DOCUMENTED)
              .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
              .with(TransferLimits.DEFAULT.atOnce(1))
              .stateIn(directory.resolve("state"));
      try (var client = new Client(config);
          var listings = new Listings(client, config, directory.resolve("cache"))) {
        fill(random, client, listings);
        for (int round = 0; round < 3; round++) {
          oneRun(random, client, listings);
        }
      }
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  private void oneRun(Random random, Client client, Listings listings) throws IOException {
    change(random);
    timing.sleep(Duration.ofMinutes(6));
    var sides = new Comparison.Sides(local, TOP, filter(random), false, AGE);
    boolean deletes = random.nextBoolean();
    boolean up = random.nextBoolean();
    State before = state(client, listings);
    Comparison.Result compared = Comparison.of(sides, listings);
    Plan plan = up ? Plan.up(compared, deletes) : Plan.down(compared, deletes);
    State foretold = foretold(before.copy(), plan, client);
    // Planning has done nothing.
    assertThat(state(client, listings)).isEqualTo(before);
    Outcome outcome = new Run(client, listings, sides, Run.Watch.NOBODY, 1).of(plan);
    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.done()).containsExactlyInAnyOrderElementsOf(plan.steps());
    assertThat(state(client, listings)).isEqualTo(foretold);
    if (deletes && sides.filter().equals(Filter.ALL)) {
      assertThat(foretold.remote().keySet()).isEqualTo(foretold.local().keySet());
    }
    timing.sleep(Duration.ofMinutes(6));
    Comparison.Result again = Comparison.of(sides, listings);
    assertThat((up ? Plan.up(again, deletes) : Plan.down(again, deletes)).steps()).isEmpty();
  }

  private State foretold(State state, Plan plan, Client client) throws IOException {
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.MakeFolder _ -> {}
        case Step.Send send -> {
          for (RemoteFile file : send.replaced()) {
            take(state.remote(), step.path(), text(client, file));
          }
          add(state.remote(), step.path(), Files.readString(send.file().file()));
        }
        case Step.RemoveRemote remove -> {
          for (RemoteFile file : remove.files()) {
            take(state.remote(), step.path(), text(client, file));
          }
        }
        case Step.Fetch fetch ->
            state.local().put(step.path(), List.of(text(client, fetch.file())));
        case Step.RemoveLocal _ -> state.local().remove(step.path());
      }
    }
    return state;
  }

  private static void add(Map<String, List<String>> map, String path, String text) {
    var all = new ArrayList<>(map.getOrDefault(path, List.of()));
    all.add(text);
    map.put(path, all.stream().sorted().toList());
  }

  private static void take(Map<String, List<String>> map, String path, String text) {
    var all = new ArrayList<>(map.getOrDefault(path, List.of()));
    assertThat(all.remove(text)).isTrue();
    map.put(path, List.copyOf(all));
    map.values().removeIf(List::isEmpty);
  }

  private static String text(Client client, RemoteFile file) throws IOException {
    try (InputStream in = client.downloads().open(DownloadSource.of(file), 0, file.sizeBytes())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private State state(Client client, Listings listings) throws IOException {
    var here = new TreeMap<String, List<String>>();
    try (Stream<Path> files = Files.walk(local)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        here.put(local.relativize(file).toString(), List.of(Files.readString(file)));
      }
    }
    var there = new TreeMap<String, List<String>>();
    for (var entry : listings.tree(TOP, AGE).files().entrySet()) {
      for (RemoteFile file : entry.getValue()) {
        add(there, entry.getKey(), text(client, file));
      }
    }
    return new State(here, there);
  }

  /** Both sides by chance; some paths are there twice. */
  private void fill(Random random, Client client, Listings listings) throws IOException {
    listings.folders().make(TOP, AGE);
    for (int i = 0; i < 12; i++) {
      String path = path(random);
      int slash = path.lastIndexOf('/');
      String folder = slash < 0 ? TOP : TOP + "/" + path.substring(0, slash);
      byte[] bytes = content(random).getBytes(StandardCharsets.UTF_8);
      UploadSource source = UploadSource.of(path.substring(slash + 1), bytes);
      var id = listings.folders().make(folder, AGE).id();
      client.uploads().send(id, List.of(source), Progress.UNSEEN);
    }
  }

  private void change(Random random) throws IOException {
    for (int i = 0; i < 8; i++) {
      Path file = local.resolve(path(random));
      if (random.nextInt(4) == 0) {
        Files.deleteIfExists(file);
      } else {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content(random));
        FileTime time = FileTime.from(TIME.plusSeconds(random.nextInt(1_000_000)));
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  private static String path(Random random) {
    String folder = List.of("", "a/", "a/b/", "log/").get(random.nextInt(4));
    String kind = List.of(".txt", ".log", "").get(random.nextInt(3));
    return folder + "file " + random.nextInt(4) + kind;
  }

  private static String content(Random random) {
    return "x".repeat(1 + random.nextInt(3)) + random.nextInt(3);
  }

  private static Filter filter(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Filter(List.of(Rule.exclude("*.log")), Filter.Sizes.ANY, Filter.Times.ANY);
      case 1 ->
          new Filter(
              List.of(Rule.include("a/**"), Rule.exclude("**")),
              Filter.Sizes.ANY,
              Filter.Times.ANY);
      case 2 -> new Filter(List.of(), new Filter.Sizes(3, 4), Filter.Times.ANY);
      case 3 ->
          new Filter(
              List.of(),
              Filter.Sizes.ANY,
              new Filter.Times(TIME.plusSeconds(200_000), Instant.MAX));
      default -> Filter.ALL;
    };
  }
}
