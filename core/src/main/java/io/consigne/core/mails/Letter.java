package io.consigne.core.mails;

/**
 * What is written to somebody.
 *
 * @param subject one line, which nobody but the host has a say in
 * @param text lines of plain text
 */
public record Letter(String subject, String text) {
  /** Refuses a subject of several lines. */
  public Letter {
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject is one line of text");
    }
  }
}
