package io.consigne.e2e.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that is killed by SIGKILL loses nothing that it answered, and of what it did not answer it
 * has all or nothing. {@code proof/kill} runs the same for longer, and a round by its seed.
 */
class KillTest {
  private static final int ROUNDS = Integer.getInteger("consigne.kill.rounds", 30);
  private static final long SEED = Long.getLong("consigne.kill.seed", 1);
  private static final int ROUNDS_PER_HOST = 30;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path home;

  @Test
  void killedHost_hasWhatItAnswered_andNothingByHalf() throws Exception {
    Tally tally = Tally.NONE;
    for (int first = 0; first < ROUNDS; first += ROUNDS_PER_HOST) {
      tally = tally.plus(onOneHost(first, Math.min(ROUNDS, first + ROUNDS_PER_HOST)));
      System.out.println("so far: " + tally);
    }
    System.out.println("kill -9: " + tally + ", seed " + SEED);
    assertThat(tally.busyRounds()).isGreaterThanOrEqualTo(ROUNDS * 4 / 5);
    for (Deed.Kind kind : Deed.Kind.values()) {
      assertThat(tally.roundsWith(kind)).as("%s: %s", kind, tally).isGreaterThanOrEqualTo(least());
    }
  }

  /** Some of each kind; a few rounds that somebody looks at again need not have them all. */
  private static int least() {
    return ROUNDS / 5;
  }

  private Tally onOneHost(int from, int to)
      throws IOException, InterruptedException, ExecutionException {
    Tally tally = Tally.NONE;
    try (var host = new KilledHost(home.resolve("data" + from))) {
      for (int round = from; round < to; round++) {
        try {
          tally = tally.plus(host.round(SEED + round));
        } catch (AssertionError | ExecutionException e) {
          throw new AssertionError(
              "round %d, seed %d, in %s".formatted(round, SEED + round, home), e);
        }
      }
      host.checkStore();
    }
    return tally;
  }
}
