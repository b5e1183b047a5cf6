package io.consigne.cli.talk;

/** A failure that a command found by itself: a sentence for people, and how the process ends. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Exit exit;
  private final String next;

  /** Ends the process with {@code exit} after {@code sentence}, which shows no secrets. */
  public Problem(Exit exit, String sentence) {
    this(exit, sentence, exit.next());
  }

  /** The same with a next step of its own. */
  public Problem(Exit exit, String sentence, String next) {
    super(sentence);
    this.exit = exit;
    this.next = next;
  }

  /** What its owner can do next; may be empty. */
  public String next() {
    return next;
  }

  /** How the process ends. */
  public Exit exit() {
    return exit;
  }
}
