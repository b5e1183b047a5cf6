package io.consigne.core.uploads;

/** The transaction needs bytes of the upload that were not made durable; it is undone. */
final class CopyNeeded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CopyNeeded() {
    super("an old copy went away meanwhile", null, false, false);
  }
}
