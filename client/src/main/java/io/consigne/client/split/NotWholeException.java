package io.consigne.client.split;

import java.io.IOException;

/** A folder has a manifest, and is no file in parts for all that. */
public final class NotWholeException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says why.
   *
   * @param sentence such as which part is missing
   */
  public NotWholeException(String sentence) {
    super(sentence);
  }
}
