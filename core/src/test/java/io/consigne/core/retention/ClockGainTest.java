package io.consigne.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockGainTest {
  /** The machine's own count includes what it slept, so such a clock has gained nothing. */
  @Test
  void machineTime_isThatOfTheSystem() throws IOException {
    Path uptime = Path.of("/proc/uptime");
    long before = ClockGain.uptime(uptime);
    long told = ClockGain.machineTime().getAsLong();
    assertThat(told).isBetween(before, ClockGain.uptime(uptime));
  }

  @Test
  void uptime_isOfSeconds(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("uptime"), "350735.47 234388.90\n");
    assertThat(ClockGain.uptime(file)).isEqualTo(Duration.ofSeconds(350735, 470_000_000).toNanos());
  }

  @Test
  void clockThatIsSet_gains_andOneThatGoesDoesNot() {
    long[] passed = {0};
    Instant[] now = {Instant.EPOCH};
    var gain = new ClockGain(() -> now[0], () -> passed[0]);
    now[0] = now[0].plusSeconds(100);
    passed[0] += Duration.ofSeconds(100).toNanos();
    assertThat(gain.next()).isZero();
    now[0] = now[0].plusSeconds(50);
    assertThat(gain.next()).isEqualTo(Duration.ofSeconds(50));
    now[0] = now[0].minusSeconds(20);
    assertThat(gain.next()).isEqualTo(Duration.ofSeconds(-20));
  }
}
