package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine that has the bytes of many files is down. */
class NodesDownTest {
  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  private Client client(StandIn host, Duration patience) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("key"))
            .with(new Waiting(timing, patience, Waits.UNSEEN))
            .stateIn(directory.resolve("state")));
  }

  private static DownloadSource lostIn(StandIn host, String node) {
    String id = host.files().add("one", new byte[] {1});
    host.files().moveTo(node, id);
    return new DownloadSource(
        new FileLink("https://1fichier.com/?" + id), 1, Checksums.NONE, null, null);
  }

  /** Two addresses where nothing answers. */
  private static List<String> nobodies() throws IOException {
    try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return List.of("127.0.0.1:" + one.getLocalPort(), "127.0.0.1:" + other.getLocalPort());
    }
  }

  /** How long it takes until a file is given up. */
  private Duration givenUp(Client client, DownloadSource source) {
    Instant begun = timing.now();
    assertThatThrownBy(() ->
            client
                .downloads()
                .fetch(
                    source, directory.resolve("target"), Downloads.IfExists.FAIL, Progress.UNSEEN))
        .isInstanceOf(UnreachedNodeException.class);
    return Duration.between(begun, timing.now());
  }

  /** Each of five hundred files was tried six times: hours, where a firewall drops all. */
  @Test
  void filesAfterTheFifth_areTriedOnce() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, Duration.ofHours(1))) {
      List<String> down = nobodies();
      DownloadSource source = lostIn(host, down.getFirst());
      for (int i = 0; i < Breaker.ALIKE; i++) {
        assertThat(givenUp(client, source)).isGreaterThan(Duration.ofSeconds(10));
      }
      assertThat(givenUp(client, source)).isLessThan(Duration.ofSeconds(5));
      assertThat(givenUp(client, lostIn(host, down.getLast())))
          .as("of another machine")
          .isGreaterThan(Duration.ofSeconds(10));
    }
  }

  /** It was tried again for longer than anybody was willing to wait. */
  @Test
  void patience_endsADownloadThatWouldGoOn() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE);
        var client = client(host, Duration.ofSeconds(1))) {
      assertThat(givenUp(client, lostIn(host, nobodies().getFirst())))
          .isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void machineThatAnswers_isTriedAsBefore() {
    var nodes = new Nodes();
    for (int i = 0; i < Breaker.ALIKE; i++) {
      nodes.givenUp("node-1");
    }
    assertThat(nodes.tries("node-1")).isEqualTo(1);
    assertThat(nodes.tries("node-2")).isEqualTo(TransferLimits.RANGE_TRIES);
    nodes.reached("node-1");
    assertThat(nodes.tries("node-1")).isEqualTo(TransferLimits.RANGE_TRIES);
  }
}
