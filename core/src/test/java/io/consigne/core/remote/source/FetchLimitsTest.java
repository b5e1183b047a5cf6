package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table. */
class FetchLimitsTest {
  @Test
  void limits_areThese() {
    assertThat(FetchLimits.DEFAULT)
        .isEqualTo(
            new FetchLimits(
                new FetchLimits.Ports(Set.of(21, 80, 443, 990, 8000, 8080, 8443), Set.of(990)),
                new FetchLimits.Addresses(64, Duration.ofSeconds(10), 4, Duration.ofSeconds(10)),
                new FetchLimits.Waits(
                    Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60), 16_384),
                new FetchLimits.Talk(5, 16_384, 200, 65_536, 65_536),
                1_000_000_000_000L,
                Duration.ofSeconds(1)));
  }

  @Test
  void otherPorts_changeNothingElse() {
    Set<Integer> others = Set.of(8081);
    FetchLimits limits = FetchLimits.DEFAULT.with(others);
    assertThat(limits.ports().all()).isEqualTo(others);
    assertThat(limits.with(FetchLimits.DEFAULT.ports().all())).isEqualTo(FetchLimits.DEFAULT);
  }

  @Test
  void portsOfImplicitTls_areAskedBesidesTheOthers() {
    FetchLimits limits = FetchLimits.DEFAULT.with(Set.of(80)).withImplicit(Set.of(2990));
    assertThat(limits.ports().all()).isEqualTo(Set.of(80, 2990));
    assertThat(limits.ports().implicit()).isEqualTo(Set.of(990, 2990));
    assertThat(FetchLimits.DEFAULT.withImplicit(Set.of())).isEqualTo(FetchLimits.DEFAULT);
  }
}
