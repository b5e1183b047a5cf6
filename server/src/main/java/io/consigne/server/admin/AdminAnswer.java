package io.consigne.server.admin;

import io.consigne.core.keys.KeyState;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param done whether it was carried out
 * @param text for the operator: what was asked for, or why it was not done; may hold a key
 * @param key what a key that was asked about is; null where none was
 */
public record AdminAnswer(boolean done, String text, @Nullable Key key) {
  /** An answer about anything but a key. */
  public AdminAnswer(boolean done, String text) {
    this(done, text, null);
  }

  /** About a key that is none of this host. */
  static AdminAnswer unknownKey(String text) {
    return new AdminAnswer(false, text, Key.UNKNOWN);
  }

  /** About a key of this host. */
  static AdminAnswer of(KeyState state, String text) {
    return new AdminAnswer(true, text, state == KeyState.ACTIVE ? Key.GOOD : Key.DEAD);
  }

  @Override
  public String toString() {
    return "AdminAnswer[" + done + "]";
  }

  /** What a key is. */
  public enum Key {
    /** It opens its account. */
    GOOD,
    /** It was revoked or replaced, has ended, or its account is closed. */
    DEAD,
    /** It is none of this host. */
    UNKNOWN
  }
}
