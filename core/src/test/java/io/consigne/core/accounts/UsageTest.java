package io.consigne.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import org.junit.jupiter.api.Test;

/** How much storage accounts use. */
class UsageTest extends OnEachDatabase {
  private static final long QUOTA = Plan.FREE.storageBytes();

  private final Access free = host.newAccount(Plan.FREE);

  UsageTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void charge_toTheLastByte_andNotBeyond() {
    charge(QUOTA - 10);
    charge(10);
    assertThat(Refusal.of(() -> charge(1))).isEqualTo(new Failure.QuotaExceeded(1, 0));
    charge(0);
    release(5);
    Failure refused = Refusal.of(() -> charge(6));
    assertThat(refused.message()).isEqualTo("Storage quota exceeded: 6 bytes needed, 5 left");
    assertThat(host.used(free)).isEqualTo(QUOTA - 5);
  }

  @Test
  void charge_manyAtOnce_neverOvershoots() throws Exception {
    long part = QUOTA / 4 - 1;
    assertThat(AtOnce.run(10, () -> charged(part)))
        .containsExactlyInAnyOrder(
            true, true, true, true, false, false, false, false, false, false);
    assertThat(host.used(free)).isEqualTo(4 * part);
  }

  @Test
  void charge_goneAccount_notFound() {
    host.removal.remove(free.account());
    assertThat(Refusal.of(() -> charge(1))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void changes_nextAfter_isAboveBoth() {
    AccountId id = free.account();
    long before = host.changes(free);
    assertThat(host.database.<Long>write(sql -> ChangeCounter.next(sql, id))).isEqualTo(before + 1);
    assertThat(host.database.<Long>write(sql -> ChangeCounter.nextAfter(sql, id, before + 50)))
        .isEqualTo(before + 51);
    assertThat(host.database.<Long>write(sql -> ChangeCounter.nextAfter(sql, id, 1)))
        .isEqualTo(before + 52);
  }

  private void charge(long bytes) {
    host.database.change(sql -> {
      Usage.charge(sql, TestClock.START, free.account(), bytes);
    });
  }

  private boolean charged(long bytes) {
    try {
      charge(bytes);
      return true;
    } catch (FailureException e) {
      assertThat(e.failure()).isInstanceOf(Failure.QuotaExceeded.class);
      return false;
    }
  }

  private void release(long bytes) {
    host.database.change(sql -> {
      Usage.release(sql, free.account(), bytes);
    });
  }
}
