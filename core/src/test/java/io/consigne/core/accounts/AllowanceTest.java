package io.consigne.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.audit.Audit;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.Refusal;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.StoredFile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operator allows an account in place of what its plan gives. */
class AllowanceTest extends OnEachDatabase {
  private final Access free = host.newAccount(Plan.FREE);
  private final AccountId id = free.account();

  AllowanceTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void ownQuota_isWhatCounts_alsoBeyondThePlan() {
    allow(Plan.FREE.storageBytes() + 10);
    host.file(free, "all", Plan.FREE.storageBytes() + 4);
    assertThat(account().availableBytes()).isEqualTo(6);
    assertThat(Refusal.of(() -> host.file(free, "more", 7)))
        .isEqualTo(new Failure.QuotaExceeded(7, 6));
    assertThat(Refusal.of(() -> reserve(7))).isEqualTo(new Failure.QuotaExceeded(7, 6));
    reserve(6);
    assertThat(Refusal.of(() -> host.file(free, "more", 1)))
        .isEqualTo(new Failure.QuotaExceeded(1, 0));
  }

  @Test
  void lessThanIsUsed_nothingIsRemoved_andNothingIsAdded() {
    StoredFile file = host.file(free, "a", 100);
    allow(40);
    assertThat(account().usedBytes()).isEqualTo(100);
    assertThat(account().availableBytes()).isZero();
    assertThat(Refusal.of(() -> host.file(free, "more", 1)))
        .isEqualTo(new Failure.QuotaExceeded(1, 0));
    host.files.remove(free, List.of(file.link()));
    host.file(free, "more", 40);
  }

  @Test
  void planAgain_isWhatThePlanGives_andAPlanLeavesOwnOnesAlone() {
    allow(40);
    host.accounts.setAllowance(id, allowance -> allowance.withItems(7L));
    host.accounts.setPlan(id, Plan.PREMIUM);
    assertThat(account().allowance()).isEqualTo(new Allowance(Plan.PREMIUM, 40L, 7L));
    host.accounts.setAllowance(id, allowance -> allowance.withBytes(null));
    assertThat(account().allowance().storageBytes()).isEqualTo(Plan.PREMIUM.storageBytes());
    assertThat(account().allowance().items()).isEqualTo(7);
    host.accounts.setAllowance(id, allowance -> allowance.withItems(null));
    assertThat(account().allowance()).isEqualTo(Allowance.of(Plan.PREMIUM));
  }

  @Test
  void unlimitedPlan_withAQuota_hasOne() {
    Access gold = host.newAccount(Plan.GOLD);
    host.accounts.setAllowance(gold.account(), allowance -> allowance.withBytes(5L));
    host.file(gold, "a", 5);
    assertThat(Refusal.of(() -> host.file(gold, "b", 1)))
        .isEqualTo(new Failure.QuotaExceeded(1, 0));
  }

  @Test
  void newAccount_mayBeginWithOne() {
    var allowance = new Allowance(Plan.GOLD, 0L, 2L);
    Account made = host.accounts.add(TestHost.newEmail(), allowance, null);
    assertThat(made.allowance()).isEqualTo(allowance);
    assertThat(made.availableBytes()).isZero();
    assertThat(lines(made.id())).contains("plan GOLD, quota 0, files 2");
  }

  @Test
  void whatTheOperatorDid_isOnRecord_andLessThanNothingRefused() {
    allow(40);
    assertThat(lines(id)).contains("plan FREE, quota 40");
    assertThatThrownBy(() -> allow(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quota of -1 bytes, null files and folders");
    assertThat(account().allowance().storageBytes()).isEqualTo(40);
  }

  @Test
  void quotaThatShrinksBelowTheLine_warns_andTheNextBytesDoNotWarnAgain() {
    host.file(free, "a", 95);
    addWebhook();
    allow(100);
    assertThat(warnings()).isEqualTo(1);
    host.file(free, "b", 1);
    allow(99);
    assertThat(warnings()).isEqualTo(1);
    allow(1_000);
    host.file(free, "c", 804);
    assertThat(warnings()).as("it crosses the line of its own quota").isEqualTo(2);
  }

  private void addWebhook() {
    host.database.change(sql ->
        sql.update(
            """
            INSERT INTO webhooks (account_id, url, secret, events, created_at)
            VALUES (?, '', '', '', ?)
            """,
            id.value(),
            TestClock.START));
  }

  private long warnings() {
    return host.number(
        "SELECT COUNT(*) FROM messages WHERE account_id = ? AND event = 'quota.warning'",
        id.value());
  }

  private List<String> lines(AccountId account) {
    return host.audit.list(account, Audit.Reader.OPERATOR, Instant.EPOCH, null, 10).lines().stream()
        .flatMap(line -> line.things().stream())
        .toList();
  }

  private Account account() {
    return host.accounts.get(id);
  }

  private void allow(long bytes) {
    host.accounts.setAllowance(id, allowance -> allowance.withBytes(bytes));
  }

  private void reserve(long bytes) {
    host.database.change(sql -> {
      Usage.reserve(sql, id, bytes);
    });
  }
}
