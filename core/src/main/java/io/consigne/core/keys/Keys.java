package io.consigne.core.keys;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The keys of all accounts; only their hashes are kept. */
public final class Keys {
  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final KeyChanges changes;
  private final KeyUse use;

  /** Keeps keys in {@code database} and draws them from {@code random}, which must be secure. */
  public Keys(Database database, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.changes = new KeyChanges(database, clock, random);
    this.use = new KeyUse(database, clock);
  }

  /** The making and changing of keys. */
  public KeyChanges changes() {
    return changes;
  }

  /** What is done with keys. */
  public KeyUse use() {
    return use;
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
      return key;
    });
  }

  /** Revokes the account's master key, if it has one; returns whether it had. */
  public boolean revoke(AccountId account) {
    return database.write(sql -> revoke(sql, account));
  }

  private boolean revoke(Sql sql, AccountId account) {
    return sql.update(
            """
            UPDATE api_keys SET revoked_at = ?
            WHERE account_id = ? AND kind = 'master' AND revoked_at IS NULL
            """,
            clock.instant(),
            account.value())
        == 1;
  }

  /** All keys that the account has or had, newest first. */
  public List<KeyInfo> list(AccountId account) {
    use.write();
    return database.read(sql ->
        sql.list(
            "SELECT"
                + KeyInfo.COLUMNS
                + " FROM api_keys k WHERE k.account_id = ? ORDER BY k.id DESC",
            KeyInfo::read,
            account.value()));
  }

  /**
   * What the holder of a key may do; empty if the key is unknown, revoked, replaced, over, or its
   * account closed. What is answered is what the database says at this moment.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed} if the key is not for the
   *     caller's address
   */
  public Optional<Access> open(ApiKey key, Caller caller) {
    Instant now = clock.instant();
    Optional<KnownKey> known =
        database
            .read(sql -> KnownKey.find(sql, key))
            .filter(found -> found.state(now) == KeyState.ACTIVE);
    known.ifPresent(found -> {
      if (!found.info().restriction().allows(caller.address())) {
        throw new Failure.NotAllowed("this key is not for your address").asException();
      }
      use.called(found.info().id(), caller);
    });
    return known.map(KnownKey::access);
  }

  /** What a key is good for; empty if no host of this database made it. Counts as no use. */
  public Optional<Verdict> verify(ApiKey key) {
    return database
        .read(sql -> KnownKey.find(sql, key))
        .map(found ->
            new Verdict(
                found.info(),
                found.state(clock.instant()),
                found.access().terms().flatMap(terms -> terms.expires())));
  }

  /**
   * What a key is good for.
   *
   * @param key the key
   * @param state whether the secret that was shown opens it
   * @param ends when that secret ends, by its own end or the key's
   */
  public record Verdict(KeyInfo key, KeyState state, Optional<Instant> ends) {}
}
