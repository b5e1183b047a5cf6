package io.consigne.core.remote;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.jobs.Reasons;
import io.consigne.core.remote.source.SourceException;
import java.io.IOException;

/**
 * What becomes of a fetch after a try that failed.
 *
 * @param again whether another try may succeed
 * @param counts whether it was one of so many tries; else the source was not even asked
 * @param reason a sentence for its owner, without a secret
 */
record Verdict(boolean again, boolean counts, String reason) {
  /** The try was ended by this host, which stops, or by who called it off. */
  static final Verdict STOPPED = new Verdict(true, false, "");

  /** The try was ended by this host, so that others get its place. */
  static final Verdict TOO_SLOW =
      new Verdict(true, true, "The source sends too slowly while others wait for a place");

  /** No try is left: the host did not live through the last one. */
  static final Verdict CUT_OFF =
      new Verdict(false, true, "This host ended during the last of its tries");

  private static final String ENDED = "The key that asked for this has ended or was changed";

  static Verdict of(Throwable e) {
    return switch (e) {
      case SourceException source when source.reason() == SourceException.Reason.STOPPED -> STOPPED;
      case SourceException source ->
          new Verdict(
              source.again(),
              source.reason() != SourceException.Reason.CROWDED,
              String.valueOf(e.getMessage()));
      case FailureException refused -> of(refused.failure());
      case IOException _ -> new Verdict(true, true, "The connection broke");
      default -> new Verdict(true, true, Reasons.OWN_ERROR);
    };
  }

  private static Verdict of(Failure failure) {
    boolean again = failure instanceof Failure.StoreFull || failure instanceof Failure.Unavailable;
    return new Verdict(again, true, reason(failure));
  }

  private static String reason(Failure failure) {
    return switch (failure) {
      case Failure.NotAuthenticated _ -> ENDED;
      case Failure.Invalid invalid -> invalid.withoutValue();
      default -> failure.message();
    };
  }
}
