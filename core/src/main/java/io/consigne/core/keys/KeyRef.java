package io.consigne.core.keys;

import io.consigne.core.ids.KeyId;

/** How the owner of a key names it. */
public sealed interface KeyRef {
  /**
   * By its number if the text is one, else by its name: a name is never digits alone. No name holds
   * the character NUL, which databases refuse, so another that none holds stands for it.
   */
  static KeyRef parse(String text) {
    return text.matches("[1-9][0-9]{0,17}")
        ? new ById(new KeyId(Long.parseLong(text)))
        : new ByName(text.replace('\0', '\n'));
  }

  /** By its number. */
  record ById(KeyId id) implements KeyRef {}

  /** The restricted key of that name that was not revoked. */
  record ByName(String name) implements KeyRef {}
}
