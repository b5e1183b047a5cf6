package io.consigne.server.scan;

/**
 * A key that was found. {@code toString} shows its first characters alone.
 *
 * @param kind whose it is
 * @param line in which line, from 1
 * @param secret the key itself
 */
public record FoundKey(Kind kind, long line, String secret) {
  /** What may be shown: enough to recognise the key, too little to use it. */
  public String redacted() {
    return secret.substring(0, kind.shown) + "…";
  }

  @Override
  public String toString() {
    return "FoundKey[" + kind + " " + redacted() + " in line " + line + "]";
  }

  /** Whose key it is. */
  public enum Kind {
    /** Of a host of this program: by its prefix and its checksum, so that it is surely one. */
    CONSIGNE(8),
    /** Of 1fichier.com: by what stands around it. */
    FICHIER(4);

    private final int shown;

    Kind(int shown) {
      this.shown = shown;
    }
  }
}
