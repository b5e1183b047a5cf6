package io.consigne.client.wire;

import java.io.IOException;
import java.util.Objects;

/** One of the files of an upload cannot be read, or has changed; its cause says why. */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final IOException why;

  UnreadableFileException(int index, IOException why) {
    super(Objects.requireNonNullElseGet(why.getMessage(), why::toString), why);
    this.index = index;
    this.why = why;
  }

  /** Which of the body's files, from 0. */
  public int index() {
    return index;
  }

  /** Why it was not read. */
  public IOException why() {
    return why;
  }
}
