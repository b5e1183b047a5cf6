package io.consigne.client.wire;

import java.io.IOException;

/** A local file is not what it was when its transfer began. */
public final class ChangedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says in a sentence what has changed. */
  public ChangedFileException(String message) {
    super(message);
  }
}
