package io.consigne.server.admin;

/**
 * What a long task says before its answer.
 *
 * @param kind what it is
 * @param text a JSON object: a {@code Progress}, or what was found
 */
public record AdminLine(Kind kind, String text) {
  /** What a line is. */
  public enum Kind {
    PROGRESS,
    FINDING
  }
}
