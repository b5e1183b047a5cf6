package io.consigne.cli.files;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;

/** Whether a call that failed may have been done all the same, wholly or in part. */
final class Doubt {
  private Doubt() {}

  /** A refusal is certain, unless it says that something is gone, or is no known word of a host. */
  static boolean isLeftBy(Exception failure) {
    return !(failure instanceof RefusedException e)
        || switch (e.refusal()) {
          case Refusal.Unavailable _, Refusal.NotFound _, Refusal.Unknown _ -> true;
          default -> !e.refusal().said().isOwn();
        };
  }
}
