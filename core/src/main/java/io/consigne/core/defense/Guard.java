package io.consigne.core.defense;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.audit.Actor;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.Entry;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.RandomText;
import io.consigne.core.ids.Sha256;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Stands at every door that a password opens. A door that does not exist takes as long as one that
 * does, and is locked as soon. What was right is remembered for a minute, so that a client with
 * many requests does not pay Argon2 for each; a locked address is refused before that is looked at.
 */
public final class Guard {
  private static final String WRONG = "wrong password";
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
  private static final int REMEMBERED_AT_MOST = 10_000;

  private final Passwords passwords;
  private final Defender defender;
  private final Audit audit;
  private final String salt;
  private final Cache<String, Boolean> verified;

  /** Compares by {@code passwords}, slowed by {@code defender}; tells {@code audit}. */
  public Guard(Passwords passwords, Defender defender, Audit audit, RandomGenerator random) {
    this(passwords, defender, audit, random, Ticker.systemTicker());
  }

  /** Guards passwords, by a clock of its own for what is remembered. */
  public Guard(
      Passwords passwords, Defender defender, Audit audit, RandomGenerator random, Ticker ticker) {
    this.salt = RandomText.draw(random, RandomText.BASE62, 32);
    this.verified =
        Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED_FOR)
            .maximumSize(REMEMBERED_AT_MOST)
            .ticker(ticker)
            .build();
    this.passwords = passwords;
    this.defender = defender;
    this.audit = audit;
  }

  /**
   * Whether the password opens the door.
   *
   * @param actor who tries, for the log
   * @param caller where the try comes from
   * @throws io.consigne.core.failure.FailureException {@code Locked} if the caller has to wait;
   *     {@code Unavailable} if too many passwords are looked at
   */
  public boolean opens(Door door, Actor actor, Caller caller, String password) {
    boolean right;
    try (Defender.Try attempt = defender.begin(caller.address(), Sha256.hex(door.target()))) {
      right = matches(door, password);
      attempt.ended(right);
    }
    if (right) {
      renew(door, password);
    } else if (door.ownerOrNull() != null) {
      audit.note(new Entry(door.ownerOrNull(), actor, door.action(), WRONG, List.of(door.thing())));
    }
    return right;
  }

  private boolean matches(Door door, String password) {
    String hash = door.hashOrNull();
    if (hash == null) {
      passwords.matchesNothing(password);
      return false;
    }
    String remembered = Sha256.hex(salt + hash + password);
    if (verified.getIfPresent(remembered) != null) {
      return true;
    }
    boolean right = passwords.matches(password, hash);
    if (right) {
      verified.put(remembered, true);
    }
    return right;
  }

  private void renew(Door door, String password) {
    String hash = door.hashOrNull();
    if (hash != null && !Passwords.isCurrent(hash)) {
      door.renew().accept(passwords.renewed(password, hash));
    }
  }
}
