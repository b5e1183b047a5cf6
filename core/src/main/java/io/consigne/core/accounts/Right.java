package io.consigne.core.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a key may be allowed to do with what it reaches: the scopes of keys. */
public enum Right {
  /** List, read and download. */
  READ,
  /** Upload, make folders, move, rename, copy into. */
  WRITE,
  /** Remove files and folders. */
  DELETE,
  /** Publish, share, set passwords and rules. */
  SHARE,
  /** Have the host fetch from elsewhere. */
  REMOTE,
  /** Read and change the account's settings. */
  ACCOUNT;

  /** The word for it, as in {@code read}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The right of that word, if there is one. */
  public static Optional<Right> named(String word) {
    return Arrays.stream(values()).filter(right -> right.word().equals(word)).findFirst();
  }

  /** All words, for who asks what there is. */
  public static String words() {
    return Arrays.stream(values()).map(Right::word).collect(Collectors.joining(", "));
  }
}
