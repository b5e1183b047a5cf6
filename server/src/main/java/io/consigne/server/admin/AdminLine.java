package io.consigne.server.admin;

import tools.jackson.databind.JsonNode;

/**
 * What a long task says before its answer.
 *
 * @param kind what it is
 * @param value a {@code Progress}, or what was found
 */
public record AdminLine(Kind kind, JsonNode value) {
  /** What a line is. */
  public enum Kind {
    PROGRESS,
    FINDING
  }
}
