package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever call meets a flood answer, nobody on this machine calls until it is over. */
class FloodsTest {
  private static final Map<Fault, Duration> LOCKS =
      Map.of(
          Fault.FLOOD, Duration.ofSeconds(30),
          Fault.TOO_MANY, Duration.ofSeconds(75),
          Fault.LOCK, Duration.ofHours(1));

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  static Stream<Arguments> floods() {
    return askings().values().stream()
        .flatMap(asking -> LOCKS.keySet().stream().map(fault -> Arguments.of(asking, fault)));
  }

  /** One of each name. */
  private static Map<String, DrawnCall> askings() {
    var askings = new TreeMap<String, DrawnCall>();
    var random = new Random(1);
    for (int i = 0; i < 300; i++) {
      DrawnCall asking = DrawnCall.draw(random, i);
      askings.putIfAbsent(asking.name(), asking);
    }
    return askings;
  }

  @ParameterizedTest
  @MethodSource("floods")
  void flood_holdsEverybody(DrawnCall asking, Fault fault) throws IOException {
    Queue<Fault> script = new ArrayDeque<>(List.of(Fault.NONE, fault));
    try (var host =
            new StandIn(timing, _ -> Objects.requireNonNullElse(script.poll(), Fault.NONE));
        var hasty = client(host, "alice", Duration.ofSeconds(10));
        var patient = client(host, "bob", Duration.ofHours(2))) {
      hasty.capabilities();
      List<String> before = host.files().tree();
      assertThatThrownBy(() -> asking.words().ask(hasty, host.url()))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isInstanceOf(Refusal.Flood.class));
      assertThat(host.files().tree()).isEqualTo(before);
      assertThat(host.seen()).hasSize(2);
      Instant flooded = timing.now();
      patient.links().check(List.of("https://1fichier.com/?nothing"));
      assertThat(Duration.between(flooded, timing.now())).isEqualTo(LOCKS.get(fault));
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  private Client client(StandIn host, String name, Duration longest) {
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-" + name))
            .with(Limits.DOCUMENTED)
            .with(new Waiting(timing, longest, Waits.UNSEEN))
            .stateIn(directory));
  }
}
