package io.consigne.core.tree;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * How much the public address of a folder opens. Its token tells by its length: an address never
 * opens more than when it was given to somebody.
 */
enum Coverage {
  /** The files directly in the folder, as at 1fichier. */
  FILES(8),

  /** All that lies below it, too. */
  BELOW(12);

  private static final Pattern LETTERS_AND_DIGITS = Pattern.compile("[0-9A-Za-z]*");

  private final int tokenLength;

  Coverage(int tokenLength) {
    this.tokenLength = tokenLength;
  }

  int tokenLength() {
    return tokenLength;
  }

  static Coverage of(boolean below) {
    return below ? BELOW : FILES;
  }

  static Coverage of(Folder published) {
    return of(published.sharesBelow());
  }

  /** Whether a folder could have this token. */
  static boolean isToken(String text) {
    return Arrays.stream(values()).anyMatch(each -> each.tokenLength == text.length())
        && LETTERS_AND_DIGITS.matcher(text).matches();
  }

  /** Whether an address of that token opens what lies below its folder, too. */
  static boolean isBelow(String token) {
    return token.length() == BELOW.tokenLength;
  }
}
