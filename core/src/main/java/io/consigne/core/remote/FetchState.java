package io.consigne.core.remote;

import java.util.Locale;

/** How far a fetch is. */
public enum FetchState {
  /** Waits for its turn, or for its next try. */
  QUEUED,
  RUNNING,
  /** There is a file. */
  DONE,
  /** Given up; it can be asked for again. */
  FAILED,
  /** Cancelled; it can be asked for again. */
  CANCELLED;

  /** Whether nothing more happens to it by itself. */
  public boolean ended() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }

  /** As it is shown and stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static FetchState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
