package io.consigne.core.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Plan;
import io.consigne.core.jobs.BackOff;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import io.consigne.core.tree.FileName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables, and the small rules beside them. */
class RemoteLimitsTest {
  @Test
  void allowances_areThese() {
    assertThat(Arrays.stream(Plan.values()).map(FetchAllowance::of))
        .containsExactly(
            new FetchAllowance(0, 0),
            new FetchAllowance(1, 500),
            new FetchAllowance(3, 2_000),
            new FetchAllowance(5, 5_000),
            new FetchAllowance(10, 10_000));
    assertThat(FetchAllowance.of(Plan.FREE, LimitPolicy.of(LimitTable.DEFAULT)).atOnce())
        .isEqualTo(1);
    assertThat(FetchAllowance.of(Plan.FREE, LimitPolicy.OFF).atOnce()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void limits_areThese() {
    assertThat(RemoteLimits.DEFAULT)
        .isEqualTo(
            new RemoteLimits(
                new RemoteLimits.Asking(500, Duration.ofMinutes(1), Duration.ofHours(1)),
                new RemoteLimits.History(1_000, Duration.ofDays(30), 10),
                new RemoteLimits.Retries(
                    16,
                    2,
                    new RemoteLimits.Pauses(
                        Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofHours(1)),
                    Duration.ofDays(2)),
                new RemoteLimits.Beats(
                    Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMillis(20)),
                new RemoteLimits.Receiving(
                    65_536,
                    262_144,
                    65_536,
                    67_108_864,
                    new RemoteLimits.Checkpoints(16_777_216, Duration.ofSeconds(3))),
                new RemoteLimits.Turn(16_777_216, Duration.ofMillis(100), 2),
                new RemoteLimits.Places(
                    Duration.ofMinutes(1), Duration.ofMinutes(10), 10_485_760)));
  }

  /** A line that is away, or a lock of 1fichier, lasts an hour. */
  @Test
  void triesInVain_lastForAnHourAtLeast() {
    RemoteLimits.Retries retries = RemoteLimits.DEFAULT.retries();
    RemoteLimits.Pauses pauses = retries.pauses();
    var backOff = new BackOff(pauses.first(), pauses.longest(), (RandomGenerator) () -> 0);
    Duration all = Duration.ZERO;
    for (int attempts = 1; attempts < retries.attempts(); attempts++) {
      all = all.plus(backOff.after(attempts));
    }
    assertThat(all).isGreaterThan(Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource({"1,5", "2,10", "3,20", "8,640", "9,900", "100,900"})
  void pause_doubles_upToTheLongest_andIsHalfOfItAtLeast(long attempts, long seconds) {
    var backOff = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(15), new Random(1));
    for (int i = 0; i < 200; i++) {
      assertThat(backOff.after(attempts))
          .isBetween(Duration.ofMillis(seconds * 500), Duration.ofSeconds(seconds));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "report.pdf|report.pdf",
        "' a b.txt '|a b.txt",
        "../../etc/passwd|.._.._etc_passwd",
        "..|download",
        ".|download",
        "''|download",
        "'C:\\x'|C:_x",
      })
  void name_isMadeFit(String said, String kept) {
    assertThat(SourceName.of(said)).isEqualTo(new FileName(kept));
  }

  @Test
  void name_withControlsAndHalfCharacters_isMadeFit_andLongOnesAreCut() {
    assertThat(SourceName.of("a\u0000b\u001fc\ud800d").value()).isEqualTo("a_b_c_d");
    assertThat(SourceName.of("😀".repeat(400)).value()).isEqualTo("😀".repeat(250));
    assertThat(SourceName.of(null).value()).isEqualTo("download");
  }
}
