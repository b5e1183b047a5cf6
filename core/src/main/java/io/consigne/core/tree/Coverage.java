package io.consigne.core.tree;

/**
 * How much the public address of a folder opens. Its token tells by its length: an address never
 * opens more than when it was given to somebody.
 */
enum Coverage {
  /** The files directly in the folder, as at 1fichier. */
  FILES(8),

  /** All that lies below it, too. */
  BELOW(12);

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

  /** Whether an address of that token opens what lies below its folder, too. */
  static boolean isBelow(String token) {
    return token.length() == BELOW.tokenLength;
  }
}
