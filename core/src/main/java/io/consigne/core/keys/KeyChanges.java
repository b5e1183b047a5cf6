package io.consigne.core.keys;

import io.consigne.core.audit.Action;
import io.consigne.core.audit.Actor;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.db.UniqueViolation;
import io.consigne.core.events.Event;
import io.consigne.core.events.EventKind;
import io.consigne.core.events.Outbox;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes, replaces and revokes the keys of an account. Who may ask for it is the caller's
 * to check: the operator, or whoever {@link io.consigne.core.accounts.Access#requireMaster} lets
 * pass.
 */
public final class KeyChanges {
  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Actor actor;
  private final Consumer<Sql> check;

  /** Each change begins with {@code check}, which may refuse it. */
  KeyChanges(
      Database database,
      InstantSource clock,
      RandomGenerator random,
      Actor actor,
      Consumer<Sql> check) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.actor = actor;
    this.check = check;
  }

  private <T> T write(Database.Work<T> change) {
    return database.write(sql -> {
      check.accept(sql);
      return change.run(sql);
    });
  }

  /** Makes the account's master key; the one before is dead in the same moment. */
  public ApiKey regenerate(AccountId account) {
    ApiKey key = ApiKey.draw(random);
    return write(sql -> {
      revokeMaster(sql, account);
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
      tell(sql, account, EventKind.KEY_REGENERATED, Map.of("kind", "master"));
      return key;
    });
  }

  /** Revokes the account's master key, if it has one; returns whether it had. */
  public boolean revokeMaster(AccountId account) {
    return write(sql -> {
      boolean revoked = revokeMaster(sql, account);
      if (revoked) {
        tell(sql, account, EventKind.KEY_REVOKED, Map.of("kind", "master"));
      }
      return revoked;
    });
  }

  private boolean revokeMaster(Sql sql, AccountId account) {
    boolean revoked =
        sql.update(
                """
                UPDATE api_keys SET revoked_at = ?
                WHERE account_id = ? AND kind = 'master' AND revoked_at IS NULL
                """,
                clock.instant(),
                account.value())
            == 1;
    if (revoked) {
      note(sql, account, Action.KEY_REVOKE, "master key");
      OldKeys.forget(sql, account);
    }
    return revoked;
  }

  private void note(Sql sql, AccountId account, Action action, String what) {
    AuditLog.add(sql, clock.instant(), Entry.done(account, actor, action, what));
  }

  private void tell(Sql sql, AccountId account, EventKind kind, Map<String, ?> members) {
    Outbox.add(sql, clock.instant(), account, Event.of(kind, members));
  }

  private void tell(Sql sql, AccountId account, EventKind kind, KeyInfo key) {
    var members = new LinkedHashMap<String, Object>();
    members.put("key_id", key.id().value());
    members.put("kind", key.kind());
    members.put("name", key.name());
    tell(sql, account, kind, members);
  }

  /**
   * Makes a restricted key.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid}, also if name or scopes are
   *     missing; {@code NotFound} if the folder is not the account's; {@code Conflict} if the name
   *     is taken, or there are too many keys
   */
  public Made add(AccountId account, KeyWish wish) {
    requirePresent("name", wish.name());
    requirePresent("scopes", wish.scopes());
    ApiKey key = ApiKey.draw(random);
    return write(sql -> {
      requirePlace(sql, account);
      FolderId root = folder(sql, account, wish);
      Restriction limits = wish.restriction(Restriction.NONE, root, clock.instant());
      KeyInfo made = get(sql, insert(sql, account, wish.name(""), limits, key));
      note(sql, account, Action.KEY_MAKE, made.label() + ": " + limits.summary());
      tell(sql, account, EventKind.KEY_MADE, made);
      return new Made(made, key);
    });
  }

  private static void requirePresent(String field, @Nullable Object value) {
    if (value == null) {
      throw new Failure.Invalid(field, "", "is missing").asException();
    }
  }

  private static void requirePlace(Sql sql, AccountId account) {
    long held =
        sql.number(
            """
            SELECT COUNT(*) FROM api_keys
            WHERE account_id = ? AND kind = 'restricted' AND revoked_at IS NULL
            """,
            account.value());
    if (held >= KeyLimits.KEYS) {
      throw new Failure.Conflict(
              "An account can have " + KeyLimits.KEYS + " restricted keys; revoke some first")
          .asException();
    }
  }

  private static @Nullable FolderId folder(Sql sql, AccountId account, KeyWish wish) {
    return wish.folder() == null ? null : KeyFolder.find(sql, account, wish.folder());
  }

  private KeyId insert(Sql sql, AccountId account, String name, Restriction limits, ApiKey key) {
    try {
      return new KeyId(
          sql.number(
              """
              INSERT INTO api_keys (account_id, kind, secret_hash, hint, created_at, name, scopes,
                folder_id, networks, expires_at, rate)
              VALUES (?, 'restricted', ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
              """,
              account.value(),
              key.hash(),
              key.hint(),
              clock.instant(),
              name,
              limits.storedScopes(),
              limits.folder().map(FolderId::value).orElse(null),
              limits.storedNetworks(),
              limits.expiresOrNull(),
              limits.rateOrNull()));
    } catch (UniqueViolation taken) {
      throw taken(name);
    }
  }

  private static RuntimeException taken(String name) {
    return new Failure.Conflict("There is a key of that name already: " + name).asException();
  }

  /**
   * Changes a restricted key. If it may do less than before, its download tokens end, and what runs
   * with it.
   *
   * @throws io.consigne.core.failure.FailureException as {@link #add}; {@code NotFound} if there is
   *     no such key or it is revoked; {@code Conflict} if it is the master key
   */
  public KeyInfo set(AccountId account, KeyRef ref, KeyWish wish) {
    return write(sql -> {
      KeyInfo before = find(sql, account, ref);
      if (before.master()) {
        throw new Failure.Conflict("The master key can do everything, and stays so").asException();
      }
      Restriction limits =
          wish.restriction(before.restriction(), folder(sql, account, wish), clock.instant());
      update(sql, before, wish.name(before.name()), limits);
      KeyInfo after = get(sql, before.id());
      note(sql, account, Action.KEY_CHANGE, after.label() + ": " + limits.summary());
      tell(sql, account, EventKind.KEY_CHANGED, after);
      return after;
    });
  }

  private static void update(Sql sql, KeyInfo before, String name, Restriction limits) {
    try {
      sql.update(
          """
          UPDATE api_keys SET name = ?, scopes = ?, folder_id = ?, networks = ?, expires_at = ?,
            rate = ?, epoch = epoch + ?
          WHERE id = ?
          """,
          name,
          limits.storedScopes(),
          limits.folder().map(FolderId::value).orElse(null),
          limits.storedNetworks(),
          limits.expiresOrNull(),
          limits.rateOrNull(),
          limits.isNarrowerThan(before.restriction()) ? 1 : 0,
          before.id().value());
    } catch (UniqueViolation taken) {
      throw taken(name);
    }
  }

  /**
   * Gives a key, also the master key, a new secret. The old one goes on for {@code overlap}; none
   * that was replaced before goes on for longer. Without an overlap the key's download tokens and
   * running uploads end, too.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound}; {@code TooLarge} if the
   *     overlap is too long
   */
  public Made rotate(AccountId account, KeyRef ref, Duration overlap) {
    if (overlap.compareTo(KeyLimits.LONGEST_OVERLAP) > 0) {
      throw new Failure.TooLarge(
              "overlap in seconds", overlap.toSeconds(), KeyLimits.LONGEST_OVERLAP.toSeconds())
          .asException();
    }
    ApiKey key = ApiKey.draw(random);
    return write(sql -> {
      KeyInfo old = find(sql, account, ref);
      retire(sql, old.id(), clock.instant().plus(overlap));
      sql.update(
          "UPDATE api_keys SET secret_hash = ?, hint = ?, epoch = epoch + ? WHERE id = ?",
          key.hash(),
          key.hint(),
          overlap.isZero() ? 1 : 0,
          old.id().value());
      KeyInfo young = get(sql, old.id());
      note(
          sql,
          account,
          Action.KEY_ROTATE,
          young.label() + ": the secret before goes on for " + overlap.toSeconds() + " s");
      tell(sql, account, EventKind.KEY_ROTATED, young);
      OldKeys.forget(sql, account);
      return new Made(young, key);
    });
  }

  private static void retire(Sql sql, KeyId key, Instant end) {
    sql.update(
        "UPDATE retired_secrets SET ends_at = ? WHERE key_id = ? AND ends_at > ?",
        end,
        key.value(),
        end);
    sql.update(
        """
        INSERT INTO retired_secrets (secret_hash, key_id, ends_at)
        SELECT secret_hash, id, ? FROM api_keys WHERE id = ?
        """,
        end,
        key.value());
  }

  /**
   * Revokes a key, also the master key: when this returns, no request that begins is let in by it.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if there is no such key or
   *     it is revoked
   */
  public KeyInfo revoke(AccountId account, KeyRef ref) {
    return write(sql -> {
      KeyInfo key = find(sql, account, ref);
      sql.update(
          "UPDATE api_keys SET revoked_at = ? WHERE id = ?", clock.instant(), key.id().value());
      note(sql, account, Action.KEY_REVOKE, key.label());
      tell(sql, account, EventKind.KEY_REVOKED, key);
      KeyInfo revoked = get(sql, key.id());
      OldKeys.forget(sql, account);
      return revoked;
    });
  }

  /**
   * Revokes a key that was found where it does not belong; returns whether it was good until now.
   * Of a key that was given a new secret since, the one that was found ends, and what began by it.
   */
  public boolean revokeFound(ApiKey found) {
    return write(sql ->
        KnownKey.find(sql, found.hash()).map(known -> revokeFound(sql, known)).orElse(false));
  }

  private boolean revokeFound(Sql sql, KnownKey known) {
    Instant now = clock.instant();
    KeyInfo key = known.info();
    if (known.state(now) == KeyState.REVOKED) {
      return false;
    }
    boolean replaced = known.secretEndsOrNull() != null;
    if (replaced) {
      sql.update(
          "UPDATE retired_secrets SET ends_at = ? WHERE key_id = ? AND ends_at = ?",
          now,
          key.id().value(),
          known.secretEndsOrNull());
      sql.update("UPDATE api_keys SET epoch = epoch + 1 WHERE id = ?", key.id().value());
    } else {
      sql.update("UPDATE api_keys SET revoked_at = ? WHERE id = ?", now, key.id().value());
    }
    String what = replaced ? ": its replaced secret was found, and ends" : " was found, and ends";
    note(sql, known.owner().account(), Action.KEY_REPORT, key.label() + what);
    tell(sql, known.owner().account(), EventKind.KEY_REPORTED, key);
    return true;
  }

  private static KeyInfo find(Sql sql, AccountId account, KeyRef ref) {
    String living = " FROM api_keys k WHERE k.account_id = ? AND k.revoked_at IS NULL AND ";
    Optional<KeyInfo> found =
        switch (ref) {
          case KeyRef.ById(KeyId id) ->
              sql.first(
                  "SELECT" + KeyInfo.COLUMNS + living + "k.id = ?",
                  KeyInfo::read,
                  account.value(),
                  id.value());
          case KeyRef.ByName(String name) ->
              sql.first(
                  "SELECT" + KeyInfo.COLUMNS + living + "k.kind = 'restricted' AND k.name = ?",
                  KeyInfo::read,
                  account.value(),
                  name);
        };
    return found.orElseThrow(() -> new Failure.NotFound().asException());
  }

  private static KeyInfo get(Sql sql, KeyId id) {
    return sql.first(
            "SELECT" + KeyInfo.COLUMNS + " FROM api_keys k WHERE k.id = ?",
            KeyInfo::read,
            id.value())
        .orElseThrow();
  }

  /**
   * A key that was made or got a new secret.
   *
   * @param info the key
   * @param secret what it is opened by from now on, known nowhere else
   */
  public record Made(KeyInfo info, ApiKey secret) {}
}
