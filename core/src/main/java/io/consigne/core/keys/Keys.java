package io.consigne.core.keys;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Actor;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.KeyId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The keys of all accounts; only their hashes are kept. */
public final class Keys {
  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Keeps keys in {@code database} and draws them from {@code random}, which must be secure. */
  public Keys(Database database, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  /** Makes the account's master key; the one before is dead in the same moment. */
  public ApiKey regenerate(AccountId account) {
    ApiKey key = ApiKey.draw(random);
    return database.write(sql -> {
      revoke(sql, account);
      sql.update(
          """
          INSERT INTO api_keys (account_id, kind, secret_hash, hint, created_at)
          VALUES (?, 'master', ?, ?, ?)
          """,
          account.value(),
          key.hash(),
          key.hint(),
          clock.instant());
      note(sql, account, Action.KEY_MAKE, "master key " + key);
      return key;
    });
  }

  /** Revokes the account's master key, if it has one; returns whether it had. */
  public boolean revoke(AccountId account) {
    return database.write(sql -> revoke(sql, account));
  }

  private boolean revoke(Sql sql, AccountId account) {
    boolean revoked = kill(sql, account);
    if (revoked) {
      note(sql, account, Action.KEY_REVOKE, "master key");
    }
    return revoked;
  }

  private void note(Sql sql, AccountId account, Action action, String what) {
    AuditLog.add(sql, clock.instant(), Entry.done(account, Actor.OPERATOR, action, what));
  }

  private boolean kill(Sql sql, AccountId account) {
    return sql.update(
            """
            UPDATE api_keys SET revoked_at = ?
            WHERE account_id = ? AND kind = 'master' AND revoked_at IS NULL
            """,
            clock.instant(),
            account.value())
        == 1;
  }

  /**
   * Revokes a key that was found where it does not belong; returns whether it was good until now.
   *
   * @param finder who found it, for the log of its account
   */
  public boolean revokeFound(ApiKey key, Actor finder) {
    return database.write(sql -> {
      Optional<AccountId> owner =
          sql.first(
              """
              UPDATE api_keys SET revoked_at = ? WHERE secret_hash = ? AND revoked_at IS NULL
              RETURNING account_id
              """,
              row -> new AccountId(row.number("account_id")),
              clock.instant(),
              key.hash());
      owner.ifPresent(account ->
          AuditLog.add(
              sql,
              clock.instant(),
              Entry.done(account, finder, Action.KEY_REPORT, "key " + key + " is revoked")));
      return owner.isPresent();
    });
  }

  /** All keys that the account has or had, newest first. */
  public List<KeyInfo> list(AccountId account) {
    return database.read(sql ->
        sql.list(
            """
            SELECT id, kind, hint, created_at, revoked_at FROM api_keys
            WHERE account_id = ? ORDER BY id DESC
            """,
            Keys::read,
            account.value()));
  }

  /**
   * What the holder of a key may do; empty if the key is unknown, revoked, or its account closed.
   */
  public Optional<Access> open(ApiKey key, Caller caller) {
    return database.read(sql ->
        sql.first(
            """
            SELECT k.id, k.account_id, a.plan, a.root_id
            FROM api_keys k JOIN accounts a ON a.id = k.account_id
            WHERE k.secret_hash = ? AND k.revoked_at IS NULL AND a.disabled_at IS NULL
            """,
            row ->
                Access.full(
                        new AccountId(row.number("account_id")),
                        Plan.valueOf(row.text("plan")),
                        new FolderId(row.number("root_id")),
                        new KeyId(row.number("id")))
                    .from(caller),
            key.hash()));
  }

  /** Whether any account has or had that key: who shows one does not guess. */
  public boolean isKnown(ApiKey key) {
    return database.read(
            sql -> sql.number("SELECT COUNT(*) FROM api_keys WHERE secret_hash = ?", key.hash()))
        > 0;
  }

  private static KeyInfo read(Row row) {
    return new KeyInfo(
        new KeyId(row.number("id")),
        row.text("kind"),
        row.text("hint"),
        row.instant("created_at"),
        row.instantOrNull("revoked_at"));
  }
}
