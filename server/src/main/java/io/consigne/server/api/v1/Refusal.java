package io.consigne.server.api.v1;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.LateBody;
import io.consigne.server.http.MalformedBody;
import io.consigne.server.http.OversizedBody;
import io.consigne.server.http.RetryAfter;
import java.time.Instant;

/**
 * A failure as it is told on this wire: {@code {"status":"KO","message":"… #NNN"}} with the HTTP
 * status that fits. A number stands for one kind of failure; those below 700 are 1fichier's own.
 *
 * @param status the HTTP status
 * @param message the text with its number
 * @param retryAfterSeconds what {@code Retry-After} says, 0 for none
 */
record Refusal(int status, String message, long retryAfterSeconds) {
  /** The request's content type is not JSON. */
  static final Refusal NOT_JSON = new Refusal(415, "Content-Type not JSON #24", 0);

  /** The endpoint does not take this method. */
  static final Refusal METHOD = new Refusal(405, "Method not allowed #710", 0);

  /** The host takes nothing new any more. */
  static final Refusal STOPPING =
      new Refusal(503, "The server is stopping #707", RetryAfter.AWAY_SECONDS);

  /** The server of the database cannot be reached; the log says why. */
  static final Refusal AWAY =
      new Refusal(503, "The database cannot be reached #707", RetryAfter.AWAY_SECONDS);

  /** The host itself is at fault; the log says more. */
  static final Refusal INTERNAL = new Refusal(500, "Internal error #500", 0);

  private static final String NOT_ALLOWED = "Resource not allowed";

  static Refusal of(Failure failure) {
    String message = failure.message();
    return switch (failure) {
      case Failure.NotAuthenticated() -> numbered(401, message, 247);
      case Failure.PlanLacks _ -> numbered(403, "Must be a customer (Premium, Access)", 236);
      case Failure.NotFound() -> numbered(404, message, 469);
      case Failure.PasswordMissing() -> numbered(403, message + ". " + NOT_ALLOWED, 631);
      case Failure.PasswordWrong() -> numbered(403, message + ". " + NOT_ALLOWED, 631);
      case Failure.NotAllowed(String what) -> numbered(403, NOT_ALLOWED + ": " + what, 631);
      case Failure.NotAdmitted() -> numbered(403, NOT_ALLOWED, 631);
      case Failure.NothingChanged unchanged -> numbered(409, words(unchanged), 312);
      case Failure.Invalid _ -> numbered(400, message, 701);
      case Failure.Conflict _ -> numbered(409, message, 702);
      case Failure.QuotaExceeded _, Failure.TooManyItems _ -> numbered(507, message, 703);
      case Failure.TooLarge _ -> numbered(413, message, 704);
      case Failure.StoreFull() -> numbered(507, message, 705);
      case Failure.Rotten _ -> new Refusal(503, message + " #706", RetryAfter.DAMAGED_SECONDS);
      case Failure.Unavailable(String what, var after) ->
          new Refusal(503, what + " #707", RetryAfter.seconds(after));
      case Failure.Locked(Instant until, var after) ->
          new Refusal(429, locked(until), RetryAfter.seconds(after));
      case Failure.TooFast tooFast -> tooFast(tooFast);
      case Failure.AllowanceUsed(_, var after) ->
          new Refusal(429, message + " #712", RetryAfter.seconds(after));
      case Failure.NotOffered _ -> numbered(501, message, 708);
    };
  }

  /**
   * In the words that clients of 1fichier look for (reference: 1fichier-api, section 3.2; rclone
   * finds the number). A lock is 403, and has no other word before its number, as there.
   */
  private static Refusal tooFast(Failure.TooFast tooFast) {
    String who =
        switch (tooFast.who()) {
          case KEY -> "User APK";
          case ACCOUNT -> "User";
          case ADDRESS -> "IP";
        };
    long seconds = RetryAfter.seconds(tooFast.retryAfter());
    return tooFast.lockedUntilOrNull() == null
        ? new Refusal(429, "Flood detected: " + who + " Locked for " + seconds + " s #412", seconds)
        : new Refusal(403, "Flood detected: " + who + " Locked #412", seconds);
  }

  private static String locked(Instant until) {
    return "Flood detected: IP Locked until " + until.truncatedTo(SECONDS) + " #412";
  }

  private static String words(Failure.NothingChanged unchanged) {
    return switch (unchanged.what()) {
      case FILE_PLACES -> "No file has been renamed";
      case FILE_ATTRIBUTES -> "No changes requested";
      case FOLDER_PLACE, FETCHES_ENDED, NO_FETCH_FAILED -> unchanged.message();
    };
  }

  /** A body or query that is not as its type says. */
  static Refusal of(MalformedBody malformed) {
    String message = String.valueOf(malformed.getMessage());
    return switch (malformed) {
      case OversizedBody _ -> numbered(413, message, 704);
      case LateBody _ -> numbered(408, message, 711);
      default -> numbered(400, message, 701);
    };
  }

  private static Refusal numbered(int status, String text, int number) {
    return new Refusal(status, text + " #" + number, 0);
  }
}
