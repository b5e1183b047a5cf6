package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The time by which things are removed for good, by a clock that is right or wrong. */
class RemovalTimeTest extends OnEachDatabase {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration YEARS = Duration.ofDays(365);

  private final RemovalTime time = new RemovalTime(host.database, host.clock, "test");

  RemovalTimeTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @BeforeEach
  void forget() {
    host.database.change(
        sql -> sql.update("DELETE FROM host WHERE name LIKE 'removal-time-test%'"));
    assertThat(time.next()).isEqualTo(TestClock.START);
  }

  private Instant after(Duration duration) {
    host.clock.advance(duration);
    return time.next();
  }

  /** A minute of 1970 put all removals off for years: they went on from there, day by day. */
  @Test
  void clockThatWasBehind_putsNothingOff() {
    Duration back = Duration.between(Instant.EPOCH, TestClock.START);
    assertThat(after(back.negated())).isEqualTo(Instant.EPOCH);
    assertThat(after(back)).isEqualTo(TestClock.START);
    assertThat(after(HOUR)).isEqualTo(host.clock.instant());
  }

  @Test
  void clockThatIsAhead_isFollowedByADayAnHour() {
    assertThat(after(YEARS)).isEqualTo(TestClock.START.plus(Duration.ofDays(1)));
    assertThat(after(HOUR)).isEqualTo(TestClock.START.plus(Duration.ofDays(2)));
  }

  /** A host that crashed again and again lost a day of its audit log with each start. */
  @Test
  void manyStarts_areNoMoreThanTheTimeThatTheyTake() {
    after(YEARS);
    Instant last = TestClock.START;
    for (int start = 0; start < 60; start++) {
      last = after(Duration.ofMinutes(1));
    }
    assertThat(last).isEqualTo(TestClock.START.plus(Duration.ofDays(2)));
  }

  /** Else it would be no precaution any more until that time has come. */
  @Test
  void firstTimeThatWasAhead_isMadeUpFor() {
    forgetThenAhead();
    assertThat(after(YEARS.negated())).isEqualTo(TestClock.START);
    for (int hour = 0; hour < YEARS.toDays(); hour++) {
      assertThat(after(HOUR)).isEqualTo(host.clock.instant());
    }
    Instant right = host.clock.instant();
    assertThat(after(YEARS)).isBefore(right.plus(Duration.ofDays(2)));
  }

  private void forgetThenAhead() {
    host.clock.advance(YEARS);
    host.database.change(sql -> {
      time.set(sql, host.clock.instant());
    });
  }
}
