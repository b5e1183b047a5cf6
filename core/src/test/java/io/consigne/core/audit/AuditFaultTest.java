package io.consigne.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.testing.FullDatabase;
import io.consigne.core.testing.OnEachDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines that wait while the database writes nothing. */
class AuditFaultTest extends OnEachDatabase {
  private final Access alice = host.newAccount();
  private final FullDatabase database = new FullDatabase(host.database);

  AuditFaultTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private void note(Audit audit, String thing) {
    audit.note(new Entry(alice.account(), alice.actor(), Action.CALL, "done", List.of(thing)));
  }

  private List<String> things(Audit audit) {
    return audit
        .list(alice.account(), Audit.Reader.OPERATOR, Instant.EPOCH, null, 10)
        .lines()
        .stream()
        .filter(line -> line.action().equals("call"))
        .map(line -> line.things().getFirst())
        .toList();
  }

  /** Each try dropped up to 500 lines, and the log said that they had been too many. */
  @Test
  void failingDatabase_losesNoLine() {
    try (var audit = new Audit(database, host.clock, AuditLimits.DEFAULT)) {
      database.broken(true);
      for (String thing : List.of("first", "second", "third")) {
        note(audit, thing);
        assertThat(things(audit)).isEmpty();
      }
      database.broken(false);
      assertThat(things(audit)).containsExactly("third", "second", "first");
    }
  }

  /** What the database never takes does not keep all others waiting for good. */
  @Test
  void linesThatAreNeverTaken_areGivenUp() {
    try (var audit = new Audit(database, host.clock, AuditLimits.DEFAULT)) {
      database.broken(true);
      note(audit, "never");
      for (int i = 0; i < 100; i++) {
        assertThat(things(audit)).isEmpty();
      }
      database.broken(false);
      note(audit, "after");
      assertThat(things(audit)).containsExactly("after");
    }
  }
}
