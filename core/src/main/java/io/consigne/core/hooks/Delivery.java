package io.consigne.core.hooks;

import io.consigne.core.db.Row;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log: a message and what became of it.
 *
 * @param number its number; later messages have higher ones
 * @param id what the message itself is known by, in each of its tries
 * @param webhook for whom it is
 * @param event what it tells, such as {@code fetch.done}
 * @param at when that happened
 * @param state {@code waiting}, {@code delivered} or {@code failed}
 * @param attempts how often it was tried
 * @param nextOrNull when it is tried again, null if it has ended
 * @param statusOrNull the status of the last answer, null if there was none
 * @param reason why it is not delivered; empty if there is none
 */
public record Delivery(
    long number,
    String id,
    long webhook,
    String event,
    Instant at,
    String state,
    long attempts,
    @Nullable Instant nextOrNull,
    @Nullable Long statusOrNull,
    String reason) {
  static final String COLUMNS =
      " id, webhook_id, event, at, state, attempts, next_at, status, reason ";

  static Delivery read(Row row) {
    String state = row.text("state");
    return new Delivery(
        row.number("id"),
        Message.id(row.number("id"), row.instant("at")),
        row.number("webhook_id"),
        row.text("event"),
        row.instant("at"),
        state,
        row.number("attempts"),
        state.equals("waiting") ? row.instant("next_at") : null,
        row.numberOrNull("status"),
        row.text("reason"));
  }

  /** When it is tried again. */
  public Optional<Instant> next() {
    return Optional.ofNullable(nextOrNull);
  }

  /** The status of the last answer. */
  public Optional<Long> status() {
    return Optional.ofNullable(statusOrNull);
  }
}
