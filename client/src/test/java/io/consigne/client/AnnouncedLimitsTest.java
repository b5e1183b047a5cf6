package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Announced;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host announces of its limits is believed, before it refuses. */
class AnnouncedLimitsTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int QUOTA = 5;

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  static Stream<Arguments> paces() {
    return Stream.of(
        Arguments.of(Limits.DOCUMENTED, Duration.ofMillis(400)),
        Arguments.of(Limits.ANNOUNCED, Duration.ZERO));
  }

  /** Two processes in turns: at the usual pace as long as something is left, then not at all. */
  @ParameterizedTest
  @MethodSource("paces")
  void callsSlowDown_andPickUpAgain(Limits limits, Duration pace) throws IOException {
    var limit = new Announced(timing, "key", "/v1/file/", QUOTA, WINDOW);
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, limits);
        var process = client(host, limits)) {
      FileLink link = link(host);
      host.announce(limit);
      var gaps = new ArrayList<Duration>();
      Instant before = timing.now();
      for (int i = 0; i < 4 * QUOTA; i++) {
        (i % 2 == 0 ? client : process).files().info(link);
        gaps.add(Duration.between(before, timing.now()));
        before = timing.now();
      }
      // The field tells whole seconds.
      Duration left = WINDOW.minus(pace.multipliedBy(QUOTA - 1));
      Duration rest = Duration.ofSeconds(left.plusMillis(999).toSeconds());
      var expected = new ArrayList<Duration>();
      for (int window = 0; window < 4; window++) {
        expected.add(window == 0 ? Duration.ZERO : rest);
        expected.addAll(Collections.nCopies(QUOTA - 1, pace));
      }
      assertThat(limit.beyond()).isEmpty();
      assertThat(gaps).isEqualTo(expected);
      assertThat(client.flood().level()).isZero();
    }
  }

  /** What is left of calls of another kind is not held up. */
  @Test
  void limitOfOneKind_holdsThatKind() throws IOException {
    var limit = new Announced(timing, "account-user-info", "/v1/user/info.cgi", 1, WINDOW);
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, Limits.ANNOUNCED)) {
      FileLink link = link(host);
      host.announce(limit);
      Instant start = timing.now();
      client.account();
      client.account();
      client.files().info(link);
      assertThat(timing.now()).isEqualTo(start);
      assertThat(host.seen("/v1/user/info.cgi")).isEqualTo(1);
      assertThat(limit.beyond()).isEmpty();
    }
  }

  /** A kind of calls that is not known here was asked for eight times at once. */
  @ParameterizedTest
  @ValueSource(strings = {"account-copies", "key"})
  void refusalWithTheFieldsAlone_isWaitedForAsTheySay(String policy) throws IOException {
    var limit = new Announced(timing, policy, "/v1/file/cp.cgi", 1, WINDOW).terse();
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, Limits.ANNOUNCED);
        var elsewhere = client(host, Limits.ANNOUNCED, "elsewhere")) {
      FileLink link = link(host);
      host.announce(limit);
      Instant start = timing.now();
      client.files().copy(List.of(link), FolderId.ROOT, null);
      elsewhere.files().copy(List.of(link), FolderId.ROOT, null);
      assertThat(Duration.between(start, timing.now())).isEqualTo(WINDOW);
      assertThat(limit.beyond()).containsExactly("/v1/file/cp.cgi");
      assertThat(host.files().contents().get("a.txt")).hasSize(3);
    }
  }

  private static FileLink link(StandIn host) {
    return new FileLink("https://1fichier.com/?" + host.files().add("a.txt", new byte[] {1}));
  }

  private Client client(StandIn host, Limits limits) {
    return client(host, limits, "state");
  }

  private Client client(StandIn host, Limits limits, String state) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(limits)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve(state)));
  }
}
