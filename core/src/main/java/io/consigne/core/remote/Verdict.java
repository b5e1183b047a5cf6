package io.consigne.core.remote;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.jobs.Reasons;
import io.consigne.core.remote.source.SourceException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a fetch after a try that failed.
 *
 * @param again whether another try may succeed
 * @param counts whether it was one of so many tries; else the source was not even asked
 * @param reason a sentence for its owner, without a secret
 * @param afterOrNull how long to wait for the next try at least; null if nobody asked for that
 */
record Verdict(boolean again, boolean counts, String reason, @Nullable Duration afterOrNull) {
  /** The try was ended by this host, which stops, or by who called it off. */
  static final Verdict STOPPED = new Verdict(true, false, "", null);

  /** The try was ended by this host, so that others get its place. */
  static final Verdict TOO_SLOW =
      new Verdict(true, true, "The source sends too slowly while others wait for a place", null);

  /** No try is left: the host did not live through the last one. */
  static final Verdict CUT_OFF =
      new Verdict(false, true, "This host ended during the last of its tries", null);

  private static final String ENDED = "The key that asked for this has ended or was changed";

  static Verdict of(Throwable e) {
    return switch (e) {
      case SourceException source when source.reason() == SourceException.Reason.STOPPED -> STOPPED;
      case SourceException source ->
          new Verdict(
              source.again(),
              source.reason() != SourceException.Reason.CROWDED,
              String.valueOf(e.getMessage()),
              source.retryAfterOrNull());
      case FailureException refused -> of(refused.failure());
      case IOException _ -> new Verdict(true, true, "The connection broke", null);
      default -> new Verdict(true, true, Reasons.OWN_ERROR, null);
    };
  }

  private static Verdict of(Failure failure) {
    return switch (failure) {
      case Failure.AllowanceUsed used ->
          new Verdict(true, false, used.message(), used.retryAfter());
      case Failure.StoreFull _, Failure.Unavailable _ ->
          new Verdict(true, true, reason(failure), null);
      default -> new Verdict(false, true, reason(failure), null);
    };
  }

  private static String reason(Failure failure) {
    return switch (failure) {
      case Failure.NotAuthenticated _ -> ENDED;
      case Failure.Invalid invalid -> invalid.withoutValue();
      default -> failure.message();
    };
  }
}
