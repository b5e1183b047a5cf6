package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that is down is told soon; one that went away a moment ago is waited for. */
class UnreachedHostTest {
  private final VirtualTiming timing = new VirtualTiming();
  private final List<Duration> unreached = new ArrayList<>();
  private final List<Duration> others = new ArrayList<>();

  @TempDir private Path directory;

  /** Half a minute went by before each such failure. */
  @Test
  void hostThatWasNeverReached_isGivenUpWithinSeconds() throws IOException {
    try (var client = client(URI.create("http://127.0.0.1:1"))) {
      assertThatThrownBy(client::capabilities).hasMessageContaining("nothing answers there");
    }
    assertThat(unreached).hasSize(2);
    assertThat(total(unreached)).isLessThan(Duration.ofSeconds(4));
    assertThat(others).isEmpty();
  }

  @Test
  void nameThatNobodyKnows_isGivenUpWithinSeconds() {
    try (var client = client(URI.create("https://no-such-host.invalid"))) {
      assertThatThrownBy(client::capabilities).hasMessageContaining("no such host is known");
    }
    assertThat(unreached).hasSize(2);
  }

  @Test
  void hostThatAnsweredBefore_isWaitedFor() throws IOException {
    var host = new StandIn(timing, _ -> Fault.NONE);
    try (var client = client(host.url())) {
      client.folders().list(FolderId.ROOT);
      host.close();
      assertThatThrownBy(() -> client.folders().list(FolderId.ROOT))
          .isInstanceOf(IOException.class);
    }
    assertThat(unreached).isEmpty();
    assertThat(others).hasSize(5);
    assertThat(total(others)).isGreaterThan(Duration.ofSeconds(15));
  }

  private static Duration total(List<Duration> waits) {
    return waits.stream().reduce(Duration.ZERO, Duration::plus);
  }

  private Client client(URI url) {
    var told =
        new Waits() {
          @Override
          public void waiting(String reason, Duration time) {
            others.add(time);
          }

          @Override
          public void unreached(String reason, Duration time) {
            unreached.add(time);
          }
        };
    return new Client(
        ClientConfig.of(url, new ApiKey("standin-key-of-alice"))
            .with(new Waiting(timing, Duration.ofHours(2), told))
            .stateIn(directory.resolve("state")));
  }
}
