package io.consigne.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.KeyTerms;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.AccountId;
import io.consigne.core.testing.AtOnce;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys of accounts. */
class KeysTest extends OnEachDatabase {
  private final Keys keys = host.keys;
  private final Access owner = host.newAccount(Plan.PREMIUM);
  private final AccountId account = owner.account();

  KeysTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @Test
  void open_masterKey_allRightsOnTheAccount() {
    ApiKey key = keys.regenerate(account);
    Access opened = host.open(key, TestHost.CALLER).orElseThrow();
    assertThat(opened)
        .isEqualTo(
            Access.full(
                    account,
                    Plan.PREMIUM,
                    owner.root(),
                    new KeyTerms(keys.list(account).getFirst().id(), 0, true, null, null))
                .from(TestHost.CALLER));
    assertThat(opened.rights()).containsExactlyInAnyOrder(Right.values());
    assertThat(host.open(ApiKey.parse(key.reveal()).orElseThrow(), TestHost.CALLER))
        .contains(opened);
  }

  @Test
  void open_unknownKey_empty() {
    assertThat(host.open(ApiKey.draw(host.random), TestHost.CALLER)).isEmpty();
  }

  @Test
  void regenerate_killsTheOldAtOnce() {
    ApiKey old = keys.regenerate(account);
    host.clock.advance(Duration.ofMinutes(1));
    ApiKey young = keys.regenerate(account);
    assertThat(host.open(old, TestHost.CALLER)).isEmpty();
    assertThat(host.open(young, TestHost.CALLER)).isPresent();
    List<KeyInfo> listed = keys.list(account);
    assertThat(listed).extracting(KeyInfo::hint).containsExactly(young.hint(), old.hint());
    assertThat(listed).extracting(KeyInfo::kind).containsOnly("master");
    assertThat(listed.getFirst().revoked()).isEmpty();
    assertThat(listed.getFirst().created()).isEqualTo(TestClock.START.plusSeconds(60));
    assertThat(listed.getLast().revoked()).contains(TestClock.START.plusSeconds(60));
  }

  @Test
  void regenerate_manyAtOnce_oneLives() throws Exception {
    List<ApiKey> drawn = AtOnce.run(20, () -> keys.regenerate(account));
    assertThat(drawn.stream().filter(key -> host.open(key, TestHost.CALLER).isPresent()))
        .hasSize(1);
    assertThat(keys.list(account)).hasSize(20);
    assertThat(keys.list(account).stream().filter(key -> key.revoked().isEmpty())).hasSize(1);
  }

  @Test
  void revoke_endsTheKey_andSaysWhetherThereWasOne() {
    assertThat(keys.revokeMaster(account)).isFalse();
    ApiKey key = keys.regenerate(account);
    assertThat(keys.revokeMaster(account)).isTrue();
    assertThat(host.open(key, TestHost.CALLER)).isEmpty();
    assertThat(keys.revokeMaster(account)).isFalse();
    assertThat(host.open(keys.regenerate(account), TestHost.CALLER)).isPresent();
  }

  @Test
  void open_disabledAccount_emptyUntilEnabled() {
    ApiKey key = keys.regenerate(account);
    host.accounts.setDisabled(account, true);
    assertThat(host.open(key, TestHost.CALLER)).isEmpty();
    host.accounts.setDisabled(account, false);
    assertThat(host.open(key, TestHost.CALLER)).isPresent();
  }

  @Test
  void regenerate_ofOneAccount_leavesOthersAlone() {
    ApiKey other = keys.regenerate(host.newAccount().account());
    keys.regenerate(account);
    keys.revokeMaster(account);
    assertThat(host.open(other, TestHost.CALLER)).isPresent();
  }

  @Test
  void database_keepsNoKey() {
    ApiKey key = keys.regenerate(account);
    List<String> kept =
        host.database.read(sql ->
            sql.list(
                "SELECT secret_hash, hint FROM api_keys WHERE account_id = ?",
                row -> row.text("secret_hash") + row.text("hint"),
                account.value()));
    assertThat(kept).singleElement().asString().hasSize(72).doesNotContain(key.reveal());
  }
}
