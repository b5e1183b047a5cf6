package io.consigne.client.wire;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.Refusal.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Tells refusals apart by their words, then by their status (reference: 1fichier-api, 3.2 and 3.3).
 * The words count first since 1fichier.com answers 403 for nearly everything.
 */
final class Refusals {
  private static final Duration ADDRESS_LOCK = Duration.ofHours(1);
  private static final Duration OTHER_PLACE = Duration.ofMinutes(5);

  /** From the most telling words to the least; the first that an answer contains decides. */
  private static final List<Row> ROWS =
      List.of(
          row("flood detected: user", (said, wait) -> new Refusal.Flood(said, Scope.ACCOUNT, wait)),
          row("flood detected", Refusals::flood),
          row("your requests are too fast", Refusals::flood),
          row("rate limit exceeded", Refusals::flood),
          row("ip locked", (said, wait) -> locked(said, wait, ADDRESS_LOCK)),
          row("is temporarily locked", (said, wait) -> locked(said, wait, ADDRESS_LOCK)),
          row("allowed at a time", Refusals::elsewhere),
          row("not authenticated", (said, _) -> new Refusal.NotAuthenticated(said)),
          row("no such user", (said, _) -> new Refusal.NotAuthenticated(said)),
          row("invalid api key", (said, _) -> new Refusal.NotAuthenticated(said)),
          row("must be a customer", (said, _) -> new Refusal.PlanNeeded(said)),
          row("need a subscription", (said, _) -> new Refusal.PlanNeeded(said)),
          row("password not provided", (said, _) -> new Refusal.PasswordNeeded(said)),
          row("invalid password", (said, _) -> new Refusal.PasswordNeeded(said)),
          row("cdn credits", (said, _) -> new Refusal.Denied(said)),
          row("must have cdn", (said, _) -> new Refusal.Denied(said)),
          row("owner locked", (said, _) -> new Refusal.Denied(said)),
          row("resource not allowed", (said, _) -> new Refusal.Denied(said)),
          row("not allowed: ", (said, _) -> new Refusal.Denied(said)),
          row("resource not found", (said, _) -> new Refusal.NotFound(said)),
          row("no file has been renamed", (said, _) -> new Refusal.Unchanged(said)),
          row("no changes requested", (said, _) -> new Refusal.Unchanged(said)),
          row("there under that name already", (said, _) -> new Refusal.Unchanged(said)),
          row("quota exceeded", (said, _) -> new Refusal.QuotaExceeded(said)),
          row("is damaged", (said, _) -> new Refusal.Damaged(said)),
          row("in maintenance", Refusal.Unavailable::new));

  private Refusals() {}

  /**
   * The refusal that an answer is.
   *
   * @param said its status and words
   * @param retryAfter what its header says; zero if it has none
   */
  static Refusal of(Said said, Duration retryAfter) {
    String words = said.text().toLowerCase(Locale.ROOT);
    Optional<Row> row = ROWS.stream().filter(known -> words.contains(known.words())).findFirst();
    return row.isPresent() ? row.get().kind().apply(said, retryAfter) : byStatus(said, retryAfter);
  }

  private static Refusal byStatus(Said said, Duration retryAfter) {
    return switch (said.status()) {
      case 400, 405, 415, 422 -> new Refusal.Invalid(said);
      case 401 -> new Refusal.NotAuthenticated(said);
      case 402 -> new Refusal.PlanNeeded(said);
      case 403 -> new Refusal.Denied(said);
      case 404, 410 -> new Refusal.NotFound(said);
      case 409, 412 -> new Refusal.Conflict(said);
      case 413 -> new Refusal.TooLarge(said);
      case 429, 509 -> flood(said, retryAfter);
      case 501 -> new Refusal.NotOffered(said);
      case 507 -> new Refusal.QuotaExceeded(said);
      default ->
          said.status() == 408 || said.status() >= 500
              ? new Refusal.Unavailable(said, retryAfter)
              : new Refusal.Unknown(said);
    };
  }

  private static Refusal flood(Said said, Duration retryAfter) {
    return new Refusal.Flood(said, Scope.ADDRESS, retryAfter);
  }

  private static Refusal locked(Said said, Duration retryAfter, Duration otherwise) {
    return new Refusal.Flood(said, Scope.ADDRESS, retryAfter.isZero() ? otherwise : retryAfter);
  }

  private static Refusal elsewhere(Said said, Duration retryAfter) {
    return new Refusal.Flood(said, Scope.ACCOUNT, retryAfter.isZero() ? OTHER_PLACE : retryAfter);
  }

  private static Row row(String words, BiFunction<Said, Duration, Refusal> kind) {
    return new Row(words, kind);
  }

  private record Row(String words, BiFunction<Said, Duration, Refusal> kind) {}
}
