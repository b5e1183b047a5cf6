package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.TransferLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with what behaves like 1fichier.com, whose limits are kept. */
@SuppressWarnings("NullAway.Init") // set before each test
class StandInSyncTest extends SyncContract {
  private final VirtualTiming timing = new VirtualTiming();
  private volatile Function<String, Fault> script = _ -> Fault.NONE;
  private StandIn host;

  @Override
  ClientConfig start() throws IOException {
    host = new StandIn(timing, path -> script.apply(path));
    return ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
        .with(Limits.DOCUMENTED)
        .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
        .with(new TransferLimits(500, 8 << 20, 256 << 20, 1, 8_192, 300_000_000_000L))
        .stateIn(directory.resolve("state"));
  }

  @Override
  void stop() throws IOException {
    assertThat(host.watch().broken()).isEmpty();
    assertThat(host.failures()).isEmpty();
    host.close();
  }

  @Override
  Duration age() {
    return Duration.ofSeconds(30);
  }

  @Override
  void expireListings() {
    timing.sleep(Duration.ofMinutes(6));
  }

  @Test
  void nothingToDo_asksNothingWithinTheAge() throws IOException {
    write("deep/a.txt", "one");
    run(planUp(false));
    planUp(false);
    int seen = host.seen().size();
    assertThat(planUp(false).steps()).isEmpty();
    assertThat(host.seen()).hasSize(seen);
  }

  /** Without checksum and memory, equal size alone is not called equal. */
  @Test
  void emptyFile_isToldAsFailed() throws IOException {
    write("empty", "");
    assertThat(run(planUp(false)).failed())
        .extracting(Outcome.Failed::reason)
        .containsExactly("this host does not store empty files: empty");
  }

  /** A run may give up after many faults in a row; the next one goes on. */
  private void tryToRun() {
    try {
      assertThat(run(planUp(true)).failed()).isEmpty();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void thousandFaults_changeNothing(long seed) throws IOException {
    var random = new Random(seed);
    var faults = new AtomicInteger();
    for (int i = 0; i < 500; i++) {
      write("f%02d/file %03d".formatted(i % 25, i), "text " + random.nextLong());
    }
    Fault[] kinds = Fault.values();
    script =
        _ -> {
          Fault fault = random.nextInt(100) < 25 ? kinds[random.nextInt(kinds.length)] : Fault.NONE;
          Fault some = fault == Fault.FLOOD && random.nextInt(8) > 0 ? Fault.CUT : fault;
          faults.addAndGet(some == Fault.NONE ? 0 : 1);
          return some;
        };
    for (int round = 0; faults.get() < 1_000; round++) {
      for (int i = round % 5; i < 500; i += 5) {
        Path file =
            write("f%02d/file %03d".formatted(i % 25, i), "round " + round + random.nextLong());
        Files.setLastModifiedTime(file, FileTime.from(TIME.plusSeconds(round + 1)));
      }
      Files.deleteIfExists(local.resolve("f00/file 000"));
      tryToRun();
      timing.sleep(Duration.ofMinutes(6));
    }
    script = _ -> Fault.NONE;
    assertThat(run(planUp(true)).failed()).isEmpty();
    assertThat(remote()).isEqualTo(localContents());
  }
}
