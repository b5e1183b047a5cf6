package io.consigne.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.TestClock;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.StoredFile;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A host whose clock was behind for a while, such as one that was started before it had the time
 * from the net. Files went six days later that had been uploaded or downloaded meanwhile.
 */
class ClockBehindTest extends OnEachDatabase {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WEEKS = Duration.ofDays(28);
  private static final Duration SINCE_1970 = Duration.between(Instant.EPOCH, TestClock.START);

  private final Access owner = host.newAccount(Plan.FREE);
  private Retention retention = restarted();

  ClockBehindTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private Retention restarted() {
    return new Retention(host.database, host.files, host.clock, host.clock::passedNanos);
  }

  /** It has looked for long: from then on every download is known. */
  @BeforeEach
  void begin() {
    retention.leaveOff();
    retention.start();
    daily(60);
  }

  private void daily(int days) {
    for (int day = 0; day < days; day++) {
      host.clock.advance(Duration.ofDays(1));
      retention.round();
    }
  }

  private void hourly(long rounds) {
    for (long i = 0; i < rounds; i++) {
      host.clock.advance(HOUR);
      retention.round();
    }
  }

  private void restartAfterSetting(Duration forward) {
    retention.close();
    host.clock.set(forward);
    retention = restarted();
    retention.start();
  }

  /** A file is announced 25 days after it was uploaded or downloaded, and no day earlier. */
  private void assertAnnouncedAfter25Days() {
    retention.round();
    daily(24);
    assertThat(retention.announced(owner.account())).isEmpty();
    daily(1);
    assertThat(retention.announced(owner.account())).hasSize(1);
  }

  @Test
  void upload_beforeTheClockWasSet_countsFromThen() {
    restartAfterSetting(SINCE_1970.negated());
    host.file(owner, "a", 1);
    retention.round();
    host.clock.set(SINCE_1970);
    assertAnnouncedAfter25Days();
  }

  @Test
  void upload_beforeTheFirstRound_countsFromWhenTheClockWasSet() {
    restartAfterSetting(WEEKS.negated());
    host.file(owner, "a", 1);
    host.clock.set(WEEKS);
    assertAnnouncedAfter25Days();
  }

  @Test
  void upload_ofARunByAClockBehind_countsFromTheNextStart() {
    restartAfterSetting(WEEKS.negated());
    host.file(owner, "a", 1);
    hourly(3);
    restartAfterSetting(WEEKS);
    assertAnnouncedAfter25Days();
  }

  /** By then the time of removals has come all the way back to the clock. */
  @Test
  void upload_ofALongRunByAClockBehind_countsFromTheNextStart() {
    restartAfterSetting(WEEKS.negated());
    host.file(owner, "a", 1);
    hourly(30);
    restartAfterSetting(WEEKS);
    assertAnnouncedAfter25Days();
  }

  /** The host began to look at all by that clock, after a crash. */
  @Test
  void firstStart_byAClockBehind_countsFromWhenItWasSet() {
    host.clock.set(SINCE_1970.negated());
    retention = restarted();
    retention.start();
    host.file(owner, "a", 1);
    retention.round();
    host.clock.set(SINCE_1970);
    assertAnnouncedAfter25Days();
  }

  @Test
  void downloadByAClockBehind_doesNotReplaceALaterOne() {
    StoredFile file = host.file(owner, "a", 1);
    daily(20);
    retention.downloads().now(file.id());
    retention.writeDownloads();
    host.clock.set(WEEKS.negated());
    retention.downloads().now(file.id());
    retention.writeDownloads();
    host.clock.set(WEEKS);
    assertAnnouncedAfter25Days();
  }

  @Test
  void downloadByAClockBehind_doesNotReplaceALaterOne_thatIsNotWrittenYet() {
    StoredFile file = host.file(owner, "a", 1);
    daily(20);
    retention.downloads().now(file.id());
    host.clock.set(WEEKS.negated());
    retention.downloads().now(file.id());
    host.clock.set(WEEKS);
    assertAnnouncedAfter25Days();
  }

  /** After a crash a file counts as downloaded then, also after a while by a clock behind. */
  @Test
  void clockBehind_leavesWhatCountsAsDownloadedSince() {
    host.file(owner, "a", 1);
    daily(20);
    retention = restarted();
    retention.start();
    retention.round();
    Duration behind = Duration.ofDays(20);
    restartAfterSetting(behind.negated());
    hourly(12);
    restartAfterSetting(behind.minus(HOUR.multipliedBy(12)));
    retention.round();
    daily(24);
    assertThat(retention.announced(owner.account())).isEmpty();
  }

  /** It is told again with a whole notice, not removed at once. */
  @Test
  void announcementByAClockBehind_isOff() {
    StoredFile file = host.file(owner, "a", 1);
    daily(24);
    restartAfterSetting(Duration.ofHours(-23));
    hourly(47);
    assertThat(retention.announced(owner.account())).hasSize(1);
    host.clock.set(Duration.ofDays(20));
    retention.round();
    assertThat(retention.announced(owner.account())).isEmpty();
    assertThat(host.files.find(owner, FileRef.of(file.link()))).isPresent();
  }

  /** A clock that goes a little wrong, or back, puts nothing off. */
  @Test
  void smallCorrections_areNone() {
    host.file(owner, "a", 1);
    daily(12);
    host.clock.set(Duration.ofDays(1));
    retention.round();
    host.clock.set(Duration.ofDays(-1));
    retention.round();
    daily(13);
    assertThat(retention.announced(owner.account())).hasSize(1);
  }
}
