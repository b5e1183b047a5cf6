package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.Segment;
import io.consigne.core.db.TestDatabases;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was begun by a clock that was years ahead does not last until that time has come. */
class ClockAheadTest extends FaultyHost {
  private static final Duration YEARS = Duration.ofDays(3650);
  private static final ReadRate FAST = ReadRate.of(Long.MAX_VALUE);

  ClockAheadTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void scrubOfAClockAhead_isDueAgain_andDamageThatHealedIsOffTheList() {
    Segment segment = host.segment(alice, large);
    host.parts.clock.set(YEARS);
    blobs.flip(segment.storeFile(), segment.offset());
    background();
    assertThat(host.upkeep.scrub().report().damaged()).isEqualTo(1);

    host.parts.clock.set(YEARS.negated());
    blobs.flip(segment.storeFile(), segment.offset());
    background();
    ScrubReport report = host.upkeep.scrub().report();
    assertThat(report.began()).isBeforeOrEqualTo(host.parts.clock.instant());
    assertThat(report.damaged()).isZero();
  }

  @Test
  void holdOfAClockAhead_isOver() {
    host.parts.clock.set(YEARS);
    String hold = host.upkeep.backup().hold();
    host.parts.clock.set(YEARS.negated());
    host.collectLater();
    assertThat(host.parts.number("SELECT COUNT(*) FROM files WHERE name = 'removed'")).isZero();
    assertThat(BackupScene.refusal(() -> host.upkeep.backup().release(hold)))
        .startsWith("What the dump names was not kept until now");
  }

  private void background() {
    host.upkeep.scrub().round(Duration.ofDays(30), FAST);
  }
}
