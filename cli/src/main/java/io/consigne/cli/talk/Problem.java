package io.consigne.cli.talk;

/** A failure that a command found by itself: a sentence for people, and how the process ends. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Exit exit;

  /** Ends the process with {@code exit} after {@code sentence}, which shows no secrets. */
  public Problem(Exit exit, String sentence) {
    super(sentence);
    this.exit = exit;
  }

  /** How the process ends. */
  public Exit exit() {
    return exit;
  }
}
