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
import io.consigne.core.testing.TestHost;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The accounts of a host. */
class AccountsTest extends OnEachDatabase {
  private final Accounts accounts = host.accounts;

  AccountsTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void add_account_isAsGiven() {
    String email = TestHost.newEmail();
    Account added = accounts.add(email, Plan.PREMIUM, "hash");
    assertThat(added)
        .isEqualTo(
            new Account(
                added.id(),
                email,
                Allowance.of(Plan.PREMIUM),
                added.root(),
                0,
                0,
                Settings.STANDARD,
                TestClock.START,
                null));
    assertThat(accounts.get(added.id())).isEqualTo(added);
    assertThat(accounts.get(email)).isEqualTo(added);
    assertThat(added.disabled()).isEmpty();
  }

  @Test
  void add_nameInAnotherCase_conflict() {
    String email = TestHost.newEmail();
    Account first = accounts.add(email, Plan.FREE, null);
    String shouted = email.toUpperCase(Locale.ROOT);
    assertThat(Refusal.of(() -> accounts.add(shouted, Plan.FREE, null)))
        .isEqualTo(new Failure.Conflict("There is an account of that name already: " + shouted));
    assertThat(accounts.find(shouted)).contains(first);
  }

  @Test
  void add_oneNameManyTimesAtOnce_oneAccount() throws Exception {
    String email = TestHost.newEmail();
    List<String> results = AtOnce.run(10, () -> addOrWhyNot(email));
    assertThat(results).containsOnlyOnce("added");
    assertThat(results.stream().filter(result -> !result.equals("added")))
        .hasSize(9)
        .containsOnly("There is an account of that name already: " + email);
  }

  private String addOrWhyNot(String email) {
    Optional<Failure> refused = Optional.empty();
    try {
      accounts.add(email, Plan.FREE, null);
    } catch (FailureException e) {
      refused = Optional.of(e.failure());
    }
    return refused.map(Failure::message).orElse("added");
  }

  @Test
  void add_namesOfTheHost_arePlainWords() {
    for (String name : List.of(Accounts.ADMIN, Accounts.GUESTS)) {
      Account own = accounts.find(name).orElseGet(() -> accounts.add(name, Plan.GOLD, null));
      assertThat(own.email()).isEqualTo(name);
      assertThat(accounts.find(name)).contains(own);
    }
    assertThat(Refusal.of(() -> accounts.add("operator", Plan.GOLD, null)).message())
        .isEqualTo("email must be an address like alice@example.org: operator");
  }

  @Test
  void find_unknownOrStrangeName_empty() {
    assertThat(accounts.find("nobody@example.org")).isEmpty();
    assertThat(accounts.find("")).isEmpty();
    assertThat(accounts.find("no\0body@example.org")).isEmpty();
    assertThat(Refusal.of(() -> accounts.get("nobody@example.org")).message())
        .isEqualTo("account does not exist: nobody@example.org");
    assertThat(Refusal.of(() -> accounts.get(new AccountId(999_999_999))))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void list_byEmailWhateverItsCase() {
    Account last = accounts.add("Z" + TestHost.newEmail(), Plan.FREE, null);
    Account first = accounts.add("a" + TestHost.newEmail(), Plan.FREE, null);
    assertThat(accounts.list()).containsSubsequence(first, last);
  }

  @Test
  void setPlan_countsAtOnce_andKeepsWhatIsThere() {
    Access access = host.newAccount(Plan.GOLD);
    host.file(access, "big", Plan.FREE.storageBytes() + 1);
    accounts.setPlan(access.account(), Plan.FREE);
    Account account = accounts.get(access.account());
    assertThat(account.plan()).isEqualTo(Plan.FREE);
    assertThat(account.usedBytes()).isEqualTo(Plan.FREE.storageBytes() + 1);
    assertThat(account.availableBytes()).isZero();
    assertThat(Refusal.of(() -> host.file(access, "more", 1)))
        .isEqualTo(new Failure.QuotaExceeded(1, 0));
  }

  @Test
  void availableBytes_whatThePlanLeaves() {
    Access free = host.newAccount(Plan.FREE);
    host.file(free, "a", 1_000);
    assertThat(accounts.get(free.account()).availableBytes())
        .isEqualTo(Plan.FREE.storageBytes() - 1_000);
    Access gold = host.newAccount(Plan.GOLD);
    host.file(gold, "a", 1_000);
    assertThat(accounts.get(gold.account()).availableBytes()).isEqualTo(Plan.UNLIMITED);
  }

  @Test
  void setDisabled_twice_keepsTheFirstTime() {
    AccountId id = host.newAccount().account();
    accounts.setDisabled(id, true);
    host.clock.advance(Duration.ofHours(1));
    accounts.setDisabled(id, true);
    assertThat(accounts.get(id).disabled()).contains(TestClock.START);
    accounts.setDisabled(id, false);
    assertThat(accounts.get(id).disabled()).isEmpty();
  }

  @Test
  void setSettings_changesThoseAlone() {
    Access alice = host.newAccount();
    AccountId id = alice.account();
    accounts.setSettings(alice, Map.of(Setting.PAGE_LIMIT, 20L, Setting.USE_CDN, 1L));
    Account changed = accounts.setSettings(alice, Map.of(Setting.PAGE_LIMIT, 30L));
    assertThat(changed.settings().chosen())
        .isEqualTo(Map.of(Setting.PAGE_LIMIT, 30L, Setting.USE_CDN, 1L));
    assertThat(accounts.get(id)).isEqualTo(changed);
  }

  @Test
  void setSettings_oneOutOfRange_noneStored() {
    Access alice = host.newAccount();
    AccountId id = alice.account();
    Map<Setting, Long> changes = Map.of(Setting.USE_CDN, 1L, Setting.PAGE_LIMIT, 0L);
    assertThat(Refusal.of(() -> accounts.setSettings(alice, changes)).message())
        .isEqualTo("page_limit must be a number from 1 to 1000: 0");
    assertThat(accounts.get(id).settings()).isEqualTo(Settings.STANDARD);
  }
}
