package io.consigne.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.audit.Actor;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.AccountId;
import io.consigne.core.testing.OnEachDatabase;
import io.consigne.core.testing.TestHost;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever made keys and ended them in a loop made the table of all keys longer without end. */
class OldKeysTest extends OnEachDatabase {
  private final AccountId account = host.newAccount().account();
  private final ApiKey master = host.keys.regenerate(account);
  private final KeyChanges changes = host.keys.changes(Actor.OPERATOR);

  OldKeysTest(TestDatabases.Kind kind) {
    super(kind);
  }

  private long count(String rows) {
    return host.database.<Long>read(sql ->
        sql.number("SELECT COUNT(*) FROM " + rows + " AND k.account_id = ?", account.value()));
  }

  private void revokeBefore(int keys) {
    host.database.change(sql -> {
      for (int i = 0; i < keys; i++) {
        sql.update(
            """
            INSERT INTO api_keys (account_id, kind, secret_hash, hint, created_at, revoked_at)
            VALUES (?, 'restricted', ?, 'hint', ?, ?)
            """,
            account.value(),
            "revoked" + i,
            host.clock.instant(),
            host.clock.instant());
      }
    });
  }

  private void replaceBefore(KeyInfo key, int secrets) {
    host.database.change(sql -> {
      for (int i = 0; i < secrets; i++) {
        sql.update(
            "INSERT INTO retired_secrets (secret_hash, key_id, ends_at) VALUES (?, ?, ?)",
            "replaced" + i,
            key.id().value(),
            host.clock.instant());
      }
    });
  }

  @Test
  void revokedKeys_areKnownAsManyAsMayBe_andTheNewestOfThem() {
    revokeBefore(KeyLimits.PAST + 3);
    host.clock.advance(Duration.ofSeconds(1));
    var wish = new KeyWish("laptop", List.of("read"), null, null, null, null);
    KeyChanges.Made laptop = changes.add(account, wish);
    changes.rotate(account, KeyRef.parse("laptop"), Duration.ZERO);
    changes.revoke(account, KeyRef.parse("laptop"));
    assertThat(count("api_keys k WHERE k.revoked_at IS NOT NULL")).isEqualTo(KeyLimits.PAST);
    assertThat(host.keys.verify(laptop.secret()).orElseThrow().state()).isEqualTo(KeyState.REVOKED);
    assertThat(host.open(master, TestHost.CALLER)).isPresent();
  }

  @Test
  void replacedSecrets_areKnownAsManyAsMayBe_andTheNewestOfThem() {
    KeyInfo key = host.keys.list(account).getFirst();
    replaceBefore(key, KeyLimits.PAST + 3);
    changes.rotate(account, new KeyRef.ById(key.id()), Duration.ofHours(1));
    assertThat(count("retired_secrets r JOIN api_keys k ON k.id = r.key_id WHERE TRUE"))
        .isEqualTo(KeyLimits.PAST);
    assertThat(host.open(master, TestHost.CALLER)).as("the newest goes on").isPresent();
  }
}
