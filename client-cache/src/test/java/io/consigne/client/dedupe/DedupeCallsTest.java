package io.consigne.client.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many groups are few calls: each took two, and 1fichier.com counts them. */
class DedupeCallsTest {
  private static final int GROUPS = 20;
  private static final String INFO = "/v1/file/info.cgi";
  private static final String REMOVE = "/v1/file/rm.cgi";

  @TempDir private Path directory;

  @FunctionalInterface
  private interface Work {
    void run(StandIn host, Client client, Dedupe dedupe) throws IOException;
  }

  private void with(Work work) throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      for (int i = 0; i < GROUPS; i++) {
        byte[] bytes = ("content " + i).getBytes(StandardCharsets.UTF_8);
        host.files().add("a" + i, bytes);
        host.files().add("b" + i, bytes);
      }
      ClientConfig config =
          ClientConfig.of(host.url(), new ApiKey("key")).stateIn(directory.resolve("state"));
      try (var client = new Client(config);
          var listings = new Listings(client, config, directory.resolve("cache"))) {
        work.run(host, client, new Dedupe(client, listings));
      }
    }
  }

  @Test
  void groupsOfOneFolder_areLookedForAndRemovedTogether() throws IOException {
    with((host, _, dedupe) -> {
      List<Group> groups = dedupe.groups("", Keep.FIRST_PATH, Duration.ZERO);
      var ends = new HashMap<Group, Boolean>();
      dedupe.remove(groups, ends::put);
      assertThat(ends).hasSize(GROUPS).containsValue(true).doesNotContainValue(false);
      assertThat(host.files().contents().keySet())
          .hasSize(GROUPS)
          .allMatch(name -> name.startsWith("a"));
      assertThat(host.seen(REMOVE)).isEqualTo(1);
      assertThat(host.seen(INFO)).isZero();
    });
  }

  /**
   * Of a batch all were looked at before any was removed: what was seen minutes ago another run,
   * which kept the other copy, had removed meanwhile.
   */
  @Test
  void whatWasSeenLongAgo_isNotWaitedWith() throws IOException {
    with((host, client, _) -> {
      for (int i = 0; i < 3; i++) {
        FolderId folder = client.folders().make(FolderId.ROOT, "A " + i);
        client.files().move(linksOf(client, "a" + i), folder);
      }
      var clock = new VirtualTiming();
      var seen = new ArrayList<Long>();
      try (var listings = listings(host, client)) {
        var dedupe =
            new Dedupe(
                client,
                listings,
                () -> {
                  clock.sleep(Duration.ofSeconds(6));
                  return clock.now();
                });
        List<Group> groups =
            dedupe.groups("", Keep.FIRST_PATH, Duration.ZERO).stream()
                .filter(group -> Keep.path(group.kept()).startsWith("/A "))
                .toList();
        assertThat(groups).hasSize(3);
        dedupe.remove(groups, (_, _) -> seen.add(host.seen(INFO)));
      }
      assertThat(seen.getFirst()).as("removed before the last was looked at").isLessThan(3);
      assertThat(host.seen(INFO)).isEqualTo(3);
    });
  }

  private Listings listings(StandIn host, Client client) {
    ClientConfig config =
        ClientConfig.of(host.url(), new ApiKey("key")).stateIn(directory.resolve("state"));
    return new Listings(client, config, directory.resolve("another cache"));
  }

  private static List<FileLink> linksOf(Client client, String name) throws IOException {
    return client.folders().list(FolderId.ROOT).files().stream()
        .filter(file -> file.name().equals(name))
        .flatMap(file -> Stream.ofNullable(file.link()))
        .toList();
  }

  @Test
  void groupWhoseKeptFileHasGone_isLeft_andOthersAreNot() throws IOException {
    with((host, client, dedupe) -> {
      List<Group> groups = dedupe.groups("", Keep.FIRST_PATH, Duration.ZERO);
      FileLink kept = Objects.requireNonNull(groups.get(3).kept().link());
      client.files().remove(List.of(kept));
      var ends = new HashMap<Group, Boolean>();
      dedupe.remove(groups, ends::put);
      assertThat(ends).containsEntry(groups.get(3), false);
      assertThat(ends.values()).filteredOn(done -> done).hasSize(GROUPS - 1);
      Map<String, List<String>> left = host.files().contents();
      assertThat(left.values()).as("one of each").hasSize(GROUPS).doesNotHaveDuplicates();
    });
  }
}
