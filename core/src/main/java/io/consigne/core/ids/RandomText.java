package io.consigne.core.ids;

import java.util.random.RandomGenerator;

/** Draws random identifiers and secrets from a source that the caller chooses. */
public final class RandomText {
  /** Digits and lower-case letters. */
  public static final String LOWER = "0123456789abcdefghijklmnopqrstuvwxyz";

  /** Digits and letters of both cases. */
  public static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private RandomText() {}

  /** Returns {@code length} characters, each drawn evenly from {@code alphabet}. */
  public static String draw(RandomGenerator random, String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
