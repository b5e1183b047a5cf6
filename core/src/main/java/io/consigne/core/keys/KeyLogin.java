package io.consigne.core.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.Entry;
import io.consigne.core.defense.Defender;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.KeyId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens an account by a key. The defender counts keys that nobody has or had; those that are dead,
 * or come from an address that they are not for, are told to the log of their account.
 */
public final class KeyLogin {
  /** Who has a dead key may not fill the log with it. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private static final int NOTED_AT_MOST = 10_000;

  private final Keys keys;
  private final Defender defender;
  private final Audit audit;
  private final InstantSource clock;
  private final Cache<KeyId, Boolean> noted =
      Caffeine.newBuilder().expireAfterWrite(NOTED_EVERY).maximumSize(NOTED_AT_MOST).build();

  /** Looks keys up in {@code keys}. */
  public KeyLogin(Keys keys, Defender defender, Audit audit, InstantSource clock) {
    this.keys = keys;
    this.defender = defender;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What the holder of a key may do; empty if it opens nothing.
   *
   * @param text the key, or what is shown as one
   * @throws FailureException {@code NotAllowed} if it is not for the caller's address; {@code
   *     Locked} after too many unknown keys
   */
  public Optional<Access> open(String text, Caller caller) {
    return known(text, caller).flatMap(known -> open(known, caller));
  }

  private Optional<Access> open(KnownKey known, Caller caller) {
    try {
      Optional<Access> access = keys.open(known, caller);
      if (access.isEmpty()) {
        String state = known.state(clock.instant()).name().toLowerCase(Locale.ROOT);
        note(known, caller, "this key is " + state);
      }
      return access;
    } catch (FailureException e) {
      note(known, caller, e.failure().message());
      throw e;
    }
  }

  /**
   * What a key is good for; empty if no host of this database made it. Counts as no use.
   *
   * @throws FailureException {@code Locked} after too many unknown keys
   */
  public Optional<Keys.Verdict> verify(String text, Caller caller) {
    return known(text, caller).map(known -> known.verdict(clock.instant()));
  }

  private Optional<KnownKey> known(String text, Caller caller) {
    Optional<KnownKey> known = ApiKey.parse(text).flatMap(keys::find);
    if (known.isEmpty()) {
      defender.unknownKey(caller.address());
    }
    return known;
  }

  private void note(KnownKey known, Caller caller, String why) {
    if (noted.asMap().putIfAbsent(known.info().id(), true) == null) {
      audit.note(
          new Entry(
              known.owner().account(),
              known.access().from(caller).actor(),
              Action.KEY_USE,
              why,
              List.of(known.info().label())));
    }
  }
}
