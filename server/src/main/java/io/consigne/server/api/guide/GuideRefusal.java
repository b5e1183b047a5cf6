package io.consigne.server.api.guide;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.LateBody;
import io.consigne.server.http.MalformedBody;
import io.consigne.server.http.OversizedBody;
import io.consigne.server.http.RetryAfter;
import java.time.Duration;

/**
 * A failure as it is told on this wire: {@code {"status":"KO","message":"…","detail":"…"}}. The
 * texts of 400, 403, 429 and 500 are those that the articles list, to the letter; the detail says
 * more.
 *
 * @param status the HTTP status
 * @param message the text
 * @param detail what else there is to say, empty for nothing
 * @param retryAfterSeconds what {@code Retry-After} says, 0 for none
 */
record GuideRefusal(int status, String message, String detail, long retryAfterSeconds) {
  /** The path does not take this method. */
  static final GuideRefusal METHOD = told(405, "Method not allowed");

  /** The host takes nothing new any more. */
  static final GuideRefusal STOPPING =
      new GuideRefusal(503, "The server is stopping", "", RetryAfter.AWAY_SECONDS);

  /** The server of the database cannot be reached; the log says why. */
  static final GuideRefusal AWAY =
      new GuideRefusal(503, "The database cannot be reached", "", RetryAfter.AWAY_SECONDS);

  /** The host itself is at fault; the log says more. */
  static final GuideRefusal INTERNAL = told(500, "Internal error");

  static GuideRefusal of(Failure failure) {
    String message = failure.message();
    return switch (failure) {
      case Failure.NotAuthenticated() -> invalidKey("");
      case Failure.Invalid(String field, _, _) ->
          field.equals(KeyPlaces.NAME) ? invalidKey(message) : told(400, message);
      case Failure.PlanLacks _ -> denied(message);
      case Failure.NotAllowed _ -> denied(message);
      case Failure.NotAdmitted() -> denied(message);
      case Failure.PasswordMissing() -> denied(message);
      case Failure.PasswordWrong() -> denied(message);
      case Failure.NotFound() -> told(404, message);
      case Failure.NothingChanged _ -> told(409, message);
      case Failure.Conflict _ -> told(409, message);
      case Failure.TooLarge _ -> told(413, message);
      case Failure.QuotaExceeded _, Failure.TooManyItems _ -> told(507, message);
      case Failure.StoreFull() -> told(507, message);
      case Failure.Rotten _ -> new GuideRefusal(503, message, "", RetryAfter.DAMAGED_SECONDS);
      case Failure.Unavailable(String what, var after) ->
          new GuideRefusal(503, what, "", RetryAfter.seconds(after));
      case Failure.Locked(_, var after) -> rateLimit(message, after);
      case Failure.TooFast(_, var after, _) -> rateLimit(message, after);
      case Failure.AllowanceUsed(_, var after) -> rateLimit(message, after);
      case Failure.NotOffered _ -> told(501, message);
    };
  }

  /** A body or query that is not as its type says. */
  static GuideRefusal of(MalformedBody malformed) {
    String message = String.valueOf(malformed.getMessage());
    return switch (malformed) {
      case OversizedBody _ -> told(413, message);
      case LateBody _ -> told(408, message);
      default -> told(400, message);
    };
  }

  private static GuideRefusal invalidKey(String detail) {
    return new GuideRefusal(400, "Invalid API key", detail, 0);
  }

  private static GuideRefusal denied(String detail) {
    return new GuideRefusal(403, "Access denied", detail, 0);
  }

  private static GuideRefusal rateLimit(String detail, Duration after) {
    return new GuideRefusal(429, "Rate limit exceeded", detail, RetryAfter.seconds(after));
  }

  private static GuideRefusal told(int status, String message) {
    return new GuideRefusal(status, message, "", 0);
  }
}
