package io.consigne.client.model;

/**
 * What a host says of a link that may be foreign.
 *
 * @param link as asked
 * @param state what is behind it
 * @param said the host's word for that, such as {@code NOT FOUND}; empty if it is alive
 * @param name of the file; empty unless it is alive
 * @param sizeBytes of the file; 0 unless it is alive
 */
public record LinkCheck(String link, State state, String said, String name, long sizeBytes) {
  /** What is behind a link. */
  public enum State {
    /** A file that everybody may fetch. */
    ALIVE,
    /** Nothing. */
    NOT_FOUND,
    /** No link. */
    BAD_LINK,
    /** A file with a password or rules. */
    PRIVATE,
    /** Something else, which {@link LinkCheck#said} has in the host's own words. */
    OTHER
  }
}
