package io.consigne.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.upkeep.Progress;
import io.consigne.core.upkeep.Progress.Unit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A bar on a terminal, quiet lines elsewhere. */
class ProgressBarTest {
  private static final long MIB = 1 << 20;

  private final StringWriter printed = new StringWriter();
  private long now = 5;

  private ProgressBar bar(boolean moves) {
    return new ProgressBar(new PrintWriter(printed), moves, () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private String last() {
    String all = printed.toString();
    printed.getBuffer().setLength(0);
    return all;
  }

  @Test
  void terminal_hasOneLine_withBytesSpeedAndTimeLeft() {
    ProgressBar bar = bar(true);
    bar.show(new Progress("Copying", 0, 1000 * MIB, Unit.BYTES));
    assertThat(last())
        .isEqualTo("\r\u001b[KCopying  [                    ]  0 %  0 B of 1000 MiB, 0 B/s");
    pass(Duration.ofSeconds(10));
    bar.show(new Progress("Copying", 250 * MIB, 1000 * MIB, Unit.BYTES));
    assertThat(last())
        .isEqualTo(
            "\r\u001b[KCopying  [=====               ]  25 %"
                + "  250 MiB of 1000 MiB, 25.0 MiB/s, ETA 0:30");
    bar.clear();
    bar.clear();
    assertThat(last()).isEqualTo("\r\u001b[K");
  }

  @Test
  void speed_isThatOfThisRun_notOfWhatWasDoneBefore() {
    ProgressBar bar = bar(true);
    bar.show(new Progress("Reading", 900 * MIB, 1000 * MIB, Unit.BYTES));
    pass(Duration.ofSeconds(10));
    bar.show(new Progress("Reading", 910 * MIB, 1000 * MIB, Unit.BYTES));
    assertThat(last()).endsWith("91 %  910 MiB of 1000 MiB, 1.0 MiB/s, ETA 1:30");
  }

  @Test
  void pipe_getsALineNowAndThen_andNoneOfAShortTask() {
    ProgressBar bar = bar(false);
    for (int second = 0; second < 10; second++) {
      bar.show(new Progress("Checking files", second, 100, Unit.ROWS));
      pass(Duration.ofSeconds(1));
    }
    assertThat(last()).isEmpty();
    pass(Duration.ofSeconds(1));
    bar.show(new Progress("Checking files", 11, 100, Unit.ROWS));
    assertThat(last().strip()).isEqualTo("Checking files  11 %  11 of 100, ETA 1:29");
    bar.show(new Progress("Checking files", 12, 100, Unit.ROWS));
    bar.clear();
    assertThat(last()).isEmpty();
  }

  @Test
  void unknownTotal_showsACount() {
    ProgressBar bar = bar(true);
    bar.show(new Progress("Copying the database", 0, 0, Unit.BYTES));
    assertThat(last()).isEqualTo("\r\u001b[KCopying the database …");
    bar.show(new Progress("Looking through the store", 12_345, 0, Unit.ROWS));
    assertThat(last()).isEqualTo("\r\u001b[KLooking through the store  12,345");
  }

  @Test
  void amounts_areShort() {
    assertThat(Amount.bytes(1023)).isEqualTo("1023 B");
    assertThat(Amount.bytes(1024)).isEqualTo("1.0 KiB");
    assertThat(Amount.bytes(150 * MIB)).isEqualTo("150 MiB");
    assertThat(Amount.bytes(Long.MAX_VALUE)).isEqualTo("8192 PiB");
    assertThat(Amount.time(Duration.ofSeconds(3725))).isEqualTo("1:02:05");
    assertThat(Amount.count(1, "file")).isEqualTo("1 file");
    assertThat(Amount.count(2000, "file")).isEqualTo("2,000 files");
  }
}
