package io.consigne.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.OnEachDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long lines of the audit log are kept, by a clock that is right or wrong. */
class AuditAgeTest extends OnEachDatabase {
  private final Access alice = host.newAccount();

  AuditAgeTest(TestDatabases.Kind kind) {
    super(kind);
  }

  /** As a host has it that never removed anything, and has no other accounts. */
  @BeforeEach
  void forgetTime() {
    host.database.change(
        sql -> sql.update("DELETE FROM host WHERE name LIKE 'removal-time-audit%'"));
    host.database.change(
        sql -> sql.update("DELETE FROM audit WHERE account_id <> ?", alice.account().value()));
  }

  private List<Noted> lines(Access access) {
    return host.audit
        .list(access.account(), Audit.Reader.OWNER, Instant.EPOCH, null, AuditLimits.LINES_A_PAGE)
        .lines();
  }

  @Test
  void oldLines_goAlone() {
    host.folder(alice, "old");
    host.clock.advance(AuditLimits.DEFAULT.keep());
    host.folder(alice, "older than the rest");
    host.audit.removeOld();
    assertThat(lines(alice)).hasSize(3);
    host.clock.advance(Duration.ofMillis(1));
    host.audit.removeOld();
    assertThat(lines(alice)).hasSize(1);
  }

  private void removeHourly(long times) {
    remove(Duration.ofHours(1), times);
  }

  private void removeDaily(long times) {
    remove(Duration.ofDays(1), times);
  }

  private void remove(Duration pause, long times) {
    for (long i = 0; i < times; i++) {
      host.clock.advance(pause);
      host.audit.removeOld();
    }
  }

  /** A host that was started two years ahead deleted all of its log in the first minute. */
  @Test
  void clockThatIsYearsAhead_removesNoMoreThanADayOfLines_eachTime() {
    host.folder(alice, "old");
    host.audit.removeOld();
    host.clock.advance(Duration.ofDays(2 * 365));
    host.folder(alice, "of a wrong time");
    host.audit.removeOld();
    host.audit.removeOld();
    host.clock.advance(Duration.ofDays(-2 * 365));
    host.audit.removeOld();
    assertThat(lines(alice)).hasSize(3);
    host.clock.advance(AuditLimits.DEFAULT.keep().plusDays(10));
    removeHourly(AuditLimits.DEFAULT.keep().toDays());
    assertThat(lines(alice)).hasSize(3);
    host.folder(alice, "new");
    removeHourly(10);
    assertThat(lines(alice)).hasSize(2);
  }

  /** They were gone in the first round after its clock was set. */
  @Test
  void linesByAClockThatIsYearsBehind_areKeptAsLongAsThoseOfTheirTime() {
    host.folder(alice, "first");
    host.audit.removeOld();
    host.clock.set(Duration.ofDays(-2 * 365));
    host.folder(alice, "behind");
    host.audit.removeOld();
    host.clock.set(Duration.ofDays(2 * 365));
    host.audit.removeOld();
    assertThat(lines(alice)).hasSize(3);
    host.clock.advance(Duration.ofDays(1));
    host.folder(alice, "next");
    removeDaily(AuditLimits.DEFAULT.keep().toDays() - 2);
    assertThat(lines(alice)).hasSize(4);
    host.folder(alice, "last");
    removeDaily(4);
    assertThat(lines(alice)).hasSize(1);
  }

  /** Such as those of a host that had no clock in its first days. */
  @Test
  void linesThatAreAllTooOld_areKept_untilThereIsOneThatIsNot() {
    host.folder(alice, "old");
    host.clock.advance(AuditLimits.DEFAULT.keep().plusDays(1));
    removeHourly(30);
    assertThat(lines(alice)).hasSize(2);
    host.folder(alice, "new");
    removeHourly(1);
    assertThat(lines(alice)).hasSize(1);
  }
}
