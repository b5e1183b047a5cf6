package io.consigne.core.keys;

/** Whether a key, or the secret that was shown, opens anything. */
public enum KeyState {
  /** It opens its account. */
  ACTIVE,
  /** Its end has come. */
  EXPIRED,
  /** It was revoked, or its secret was replaced. */
  REVOKED,
  /** Its account is closed. */
  CLOSED
}
