package io.consigne.core.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.consigne.core.accounts.Access;
import io.consigne.core.audit.Action;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.Entry;
import io.consigne.core.defense.Defender;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.KeyId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

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
   * What the holder of a key may do.
   *
   * @param text the key, or what is shown as one
   * @throws FailureException {@code NotAuthenticated} if it opens nothing; {@code NotAllowed} if it
   *     is not for the caller's address; {@code Locked} after too many unknown keys
   */
  public Access open(String text, Caller caller) {
    KnownKey known = known(text, caller);
    try {
      return keys.open(known, caller)
          .orElseThrow(() -> new Failure.NotAuthenticated().asException());
    } catch (FailureException e) {
      note(known, caller, e.failure());
      throw e;
    }
  }

  /**
   * What a key is good for. Counts as no use.
   *
   * @throws FailureException {@code NotAuthenticated} if no host of this database made it; {@code
   *     Locked} after too many unknown keys
   */
  public Keys.Verdict verify(String text, Caller caller) {
    return known(text, caller).verdict(clock.instant());
  }

  private KnownKey known(String text, Caller caller) {
    return ApiKey.parse(text)
        .flatMap(keys::find)
        .orElseThrow(() -> {
          defender.unknownKey(caller.address());
          return new Failure.NotAuthenticated().asException();
        });
  }

  private void note(KnownKey known, Caller caller, Failure failure) {
    if (noted.asMap().putIfAbsent(known.info().id(), true) == null) {
      String why =
          failure instanceof Failure.NotAllowed
              ? failure.message()
              : "this key is " + known.state(clock.instant()).name().toLowerCase(Locale.ROOT);
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
