package io.consigne.core.events;

import java.util.Locale;
import java.util.Optional;

/** What may happen to an account; new kinds may be added, old ones stay. */
public enum EventKind {
  /** Files were uploaded. */
  UPLOAD_DONE,
  /** A fetch of a remote upload ended with a file. */
  FETCH_DONE,
  /** A fetch of a remote upload was given up. */
  FETCH_FAILED,
  /** The files of the account take most of its storage. */
  QUOTA_WARNING,
  KEY_MADE,
  KEY_CHANGED,
  KEY_ROTATED,
  KEY_REVOKED,
  /** The master key was replaced. */
  KEY_REGENERATED,
  /** A key was found where it does not belong, and ended. */
  KEY_REPORTED,
  /** The owner tries a webhook. */
  TEST;

  /** As it is told and stored: {@code fetch.done}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** The kind of this word, if there is one. */
  public static Optional<EventKind> of(String word) {
    for (EventKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
