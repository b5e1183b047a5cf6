package io.consigne.cli.files;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transfer.Breaker;
import java.io.IOException;

/** Whether a call that failed may have been done all the same, wholly or in part. */
final class Doubt {
  private Doubt() {}

  /**
   * A refusal is certain, unless it says that something is gone, or is no known word of a host. Of
   * a host that is not reached nobody can ask what it has done.
   */
  static boolean isLeftBy(Exception failure) {
    return switch (failure) {
      case RefusedException e ->
          switch (e.refusal()) {
            case Refusal.Unavailable _, Refusal.NotFound _, Refusal.Unknown _ -> true;
            default -> !e.refusal().said().isOwn();
          };
      case IOException e -> !Breaker.isForAll(e);
      default -> true;
    };
  }
}
