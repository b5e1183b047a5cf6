package io.consigne.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.FullDatabase;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest extends OnEachDatabase {
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Duration YEARS = Duration.ofDays(2 * 365);

  private Retention retention = restarted();
  private final Access owner = host.newAccount(Plan.FREE);
  private final StoredFile file = host.file(owner, "a", 10);
  private final Instant uploaded = host.clock.instant();

  RetentionTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private Retention restarted() {
    return retention(host.database);
  }

  private Retention retention(Database database) {
    return new Retention(database, host.files, host.clock, host.clock::passedNanos);
  }

  @BeforeEach
  void start() {
    retention.leaveOff();
    retention.start();
  }

  /** With rounds that are no more than a day apart, as a host has them. */
  private void roundAfter(Duration time) {
    for (long day = 0; day < time.toDays(); day++) {
      host.clock.advance(Duration.ofDays(1));
      retention.round();
    }
    host.clock.advance(time.minusDays(time.toDays()));
    retention.round();
  }

  /** The host is stopped, and started by a clock that was set meanwhile. */
  private void restartAfterSetting(Duration forward) {
    retention.close();
    host.clock.set(forward);
    retention = restarted();
    retention.start();
  }

  private void hourly(int rounds) {
    for (int i = 0; i < rounds; i++) {
      host.clock.advance(Duration.ofHours(1));
      retention.round();
    }
  }

  private boolean isThere(Access access, StoredFile which) {
    return host.files.find(access, FileRef.of(which.link())).isPresent();
  }

  private List<StoredFile> announced() {
    return retention.announced(owner.account());
  }

  @Test
  void unusedFile_isAnnounced_thenRemoved_whenItSays_andNoMomentEarlier() {
    roundAfter(Duration.ofDays(25).minus(MOMENT));
    assertThat(announced()).isEmpty();
    roundAfter(MOMENT);
    assertThat(announced())
        .extracting(StoredFile::removalOrNull)
        .containsExactly(uploaded.plus(Duration.ofDays(30)));
    roundAfter(Duration.ofDays(5).minus(MOMENT));
    assertThat(isThere(owner, file)).isTrue();
    roundAfter(MOMENT);
    assertThat(isThere(owner, file)).isFalse();
    assertThat(host.used(owner)).isZero();
  }

  @Test
  void startOnAFullDisk_isMadeUpForByTheFirstRoundWithRoom() {
    roundAfter(Duration.ofDays(10));
    retention.close();
    var database = new FullDatabase(host.database);
    database.full(true);
    retention = retention(database);
    retention.start();
    assertThatThrownBy(retention::round).isInstanceOf(DatabaseFull.class);
    database.full(false);
    roundAfter(Duration.ofDays(15));
    assertThat(announced())
        .extracting(StoredFile::removalOrNull)
        .containsExactly(uploaded.plus(Duration.ofDays(30)));
  }

  @Test
  void guestsFile_goesAfter15Days() {
    Access guest = host.newAccount(Plan.GUEST);
    StoredFile sent = host.file(guest, "b", 1);
    roundAfter(Duration.ofDays(10));
    roundAfter(Duration.ofDays(5).minus(MOMENT));
    assertThat(isThere(guest, sent)).isTrue();
    roundAfter(MOMENT);
    assertThat(isThere(guest, sent)).isFalse();
    assertThat(isThere(owner, file)).isTrue();
  }

  /** Nothing goes without having been announced for the whole notice, however late it was. */
  @Test
  void lateAnnouncement_isStillAWholeNotice() {
    host.clock.advance(Duration.ofDays(100));
    hourly(24);
    assertThat(announced()).isEmpty();
    hourly(1);
    Instant due = host.clock.instant().plus(Duration.ofDays(5));
    assertThat(announced()).extracting(StoredFile::removalOrNull).containsExactly(due);
    hourly(100);
    roundAfter(Duration.between(host.clock.instant(), due).minus(MOMENT));
    assertThat(isThere(owner, file)).isTrue();
    roundAfter(MOMENT);
    assertThat(isThere(owner, file)).isFalse();
  }

  /** All that was announced was removed by the first round of a host started years ahead. */
  @Test
  void clockThatIsYearsAhead_removesNothing_untilItsTimeHasComeDayByDay() {
    roundAfter(Duration.ofDays(26));
    assertThat(announced()).hasSize(1);
    restartAfterSetting(YEARS);
    retention.round();
    restartAfterSetting(YEARS.negated());
    retention.round();
    assertThat(isThere(owner, file)).isTrue();
    roundAfter(Duration.ofDays(4));
    assertThat(isThere(owner, file)).isFalse();
  }

  /** Its owner saw a date years from now, and until then it stayed. */
  @Test
  void whatAClockAheadAnnounced_isAnnouncedAnew() {
    roundAfter(Duration.ofDays(24));
    restartAfterSetting(YEARS);
    hourly(2);
    assertThat(announced()).hasSize(1);
    host.clock.set(YEARS.negated());
    retention.round();
    assertThat(announced()).isEmpty();
    roundAfter(Duration.ofDays(1));
    assertThat(announced())
        .extracting(StoredFile::removalOrNull)
        .containsExactly(host.clock.instant().plus(Duration.ofDays(5)));
    roundAfter(Duration.ofDays(5));
    assertThat(isThere(owner, file)).isFalse();
  }

  /** Nothing was removed until the time had come at which it was started for the first time. */
  @Test
  void firstStartByAClockAhead_isMadeUpFor() {
    retention.leaveOff();
    host.clock.set(YEARS);
    retention = restarted();
    retention.start();
    retention.round();
    host.clock.set(YEARS.negated());
    hourly((int) YEARS.toDays());
    retention.close();
    retention = restarted();
    retention.start();
    roundAfter(Duration.ofDays(26));
    assertThat(announced()).hasSize(1);
  }

  @Test
  void download_savesAnAnnouncedFile_evenIfItWasNotWrittenYet() {
    roundAfter(Duration.ofDays(25));
    assertThat(announced()).hasSize(1);
    roundAfter(Duration.ofDays(5).minus(MOMENT));
    host.clock.advance(MOMENT);
    retention.downloads().now(file.id());
    Instant downloaded = host.clock.instant();
    retention.round();
    assertThat(isThere(owner, file)).isTrue();
    assertThat(announced()).isEmpty();
    roundAfter(Duration.ofDays(25));
    assertThat(announced())
        .extracting(StoredFile::removalOrNull)
        .containsExactly(downloaded.plus(Duration.ofDays(30)));
  }

  @Test
  void download_countsFromItsOwnTime() {
    roundAfter(Duration.ofDays(20));
    retention.downloads().now(file.id());
    roundAfter(Duration.ofDays(24));
    assertThat(announced()).isEmpty();
    roundAfter(Duration.ofDays(1));
    assertThat(announced()).hasSize(1);
  }

  @Test
  void plan_thatPays_savesAtOnce_andForGood() {
    roundAfter(Duration.ofDays(30).minus(MOMENT));
    host.clock.advance(MOMENT);
    host.accounts.setPlan(owner.account(), Plan.ACCESS);
    retention.round();
    assertThat(isThere(owner, file)).isTrue();
    assertThat(announced()).isEmpty();
    roundAfter(Duration.ofDays(100));
    assertThat(isThere(owner, file)).isTrue();
    host.accounts.setPlan(owner.account(), Plan.FREE);
    retention.round();
    assertThat(isThere(owner, file)).isTrue();
    assertThat(announced()).hasSize(1);
  }

  @Test
  void stopAndStart_goOnWhereTheyWere() {
    roundAfter(Duration.ofDays(24));
    retention.downloads().now(file.id());
    retention.close();
    retention = restarted();
    retention.start();
    roundAfter(Duration.ofDays(25));
    assertThat(announced()).hasSize(1);
    retention.close();
    retention = restarted();
    retention.start();
    roundAfter(Duration.ofDays(5));
    assertThat(isThere(owner, file)).isFalse();
  }

  /** The downloads of its last moments are lost: each file may have been one of them. */
  @Test
  void crash_countsAsADownload() {
    roundAfter(Duration.ofDays(25));
    assertThat(announced()).hasSize(1);
    host.clock.advance(Duration.ofDays(4));
    retention.downloads().now(file.id());
    retention = restarted();
    retention.start();
    roundAfter(Duration.ofDays(25).minus(MOMENT));
    assertThat(announced()).isEmpty();
    assertThat(isThere(owner, file)).isTrue();
    roundAfter(MOMENT);
    assertThat(announced()).hasSize(1);
  }

  @Test
  void timeWithoutRetention_countsAsADownload() {
    roundAfter(Duration.ofDays(25));
    retention.close();
    restarted().leaveOff();
    assertThat(announced()).isEmpty();
    host.clock.advance(Duration.ofDays(100));
    retention = restarted();
    retention.start();
    retention.round();
    assertThat(announced()).isEmpty();
    roundAfter(Duration.ofDays(25));
    assertThat(announced()).hasSize(1);
  }

  @Test
  void manyFiles_goInOneRound() {
    var all = new ArrayList<StoredFile>();
    for (int i = 0; i < 401; i++) {
      all.add(host.file(owner, "many", 1));
    }
    roundAfter(Duration.ofDays(25));
    roundAfter(Duration.ofDays(5));
    assertThat(all).noneMatch(one -> isThere(owner, one));
    assertThat(host.used(owner)).isZero();
  }
}
