package io.consigne.core.audit;

import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.KeyId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who does something.
 *
 * @param kind what opened the door
 * @param accountOrNull whose key or password it is, null for who has neither
 * @param keyOrNull the key, null without one
 * @param callerOrNull where the request came from, null if it came from the host itself
 */
public record Actor(
    Kind kind,
    @Nullable AccountId accountOrNull,
    @Nullable KeyId keyOrNull,
    @Nullable Caller callerOrNull) {
  /** Who runs the host, by its own commands. */
  public static final Actor OPERATOR = new Actor(Kind.OPERATOR, null, null, null);

  /** The host itself, by its rules. */
  public static final Actor HOST = new Actor(Kind.HOST, null, null, null);

  /** Somebody who showed neither key nor password. */
  public static Actor stranger(@Nullable Caller caller) {
    return new Actor(Kind.STRANGER, null, null, caller);
  }

  /** What opened the door. */
  public enum Kind {
    KEY,
    PASSWORD,
    STRANGER,
    OPERATOR,
    HOST;

    /** As it is shown and stored. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
