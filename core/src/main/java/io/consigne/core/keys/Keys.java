package io.consigne.core.keys;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Standing;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.Database;
import io.consigne.core.db.Remembered;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The keys of all accounts; only their hashes are kept. */
public final class Keys {
  private static final int REMEMBERED = 10_000;

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final KeyUse use;
  private final Remembered<String, Optional<KnownKey>> found;

  /** Keeps keys in {@code database} and draws them from {@code random}, which must be secure. */
  public Keys(Database database, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.use = new KeyUse(database, clock);
    this.found = new Remembered<>(database, REMEMBERED);
  }

  /**
   * The making and changing of keys.
   *
   * @param actor who makes and changes them, for the log of their account
   */
  public KeyChanges changes(Actor actor) {
    return new KeyChanges(database, clock, random, actor, _ -> {});
  }

  /**
   * The making and changing of keys by the account itself. Each change is refused ({@code
   * NotAuthenticated}) if what opened the account does not do so any more.
   */
  public KeyChanges changes(Access access) {
    return new KeyChanges(
        database,
        clock,
        random,
        access.actor(),
        sql -> Standing.require(sql, access, clock.instant()));
  }

  /** What is done with keys. */
  public KeyUse use() {
    return use;
  }

  /** As {@link KeyChanges#regenerate}, by whoever runs the host. */
  public ApiKey regenerate(AccountId account) {
    return changes(Actor.OPERATOR).regenerate(account);
  }

  /** As {@link KeyChanges#revokeMaster}, by whoever runs the host. */
  public boolean revokeMaster(AccountId account) {
    return changes(Actor.OPERATOR).revokeMaster(account);
  }

  /** The keys that the account has or had, newest first, up to {@link KeyLimits#LISTED}. */
  public List<KeyInfo> list(AccountId account) {
    use.writeIfPossible();
    return database.read(sql ->
        sql.list(
            "SELECT"
                + KeyInfo.COLUMNS
                + " FROM api_keys k WHERE k.account_id = ? ORDER BY k.id DESC LIMIT ?",
            KeyInfo::read,
            account.value(),
            KeyLimits.LISTED));
  }

  /** The key that has or had this secret. */
  Optional<KnownKey> find(ApiKey key) {
    return found.answer(key.hash(), hash -> database.read(sql -> KnownKey.find(sql, hash)));
  }

  /**
   * What the holder of a key that was just found may do; empty if the key is revoked, replaced,
   * over, or its account closed. What is answered is what the database says at this moment.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed} if the key is not for the
   *     caller's address
   */
  Optional<Access> open(KnownKey known, Caller caller) {
    if (known.state(clock.instant()) != KeyState.ACTIVE) {
      return Optional.empty();
    }
    if (!known.info().restriction().allows(caller.address())) {
      throw new Failure.NotAllowed("this key is not for your address").asException();
    }
    use.called(known.info().id(), caller);
    return Optional.of(known.access().from(caller));
  }

  /** What a key is good for; empty if no host of this database made it. Counts as no use. */
  public Optional<Verdict> verify(ApiKey key) {
    return find(key).map(known -> known.verdict(clock.instant()));
  }

  /**
   * What a key is good for.
   *
   * @param key the key
   * @param state whether the secret that was shown opens it
   * @param endsOrNull when that secret ends, by its own end or the key's, null if it does not
   */
  public record Verdict(KeyInfo key, KeyState state, @Nullable Instant endsOrNull) {
    /** When the secret ends. */
    public Optional<Instant> ends() {
      return Optional.ofNullable(endsOrNull);
    }
  }
}
