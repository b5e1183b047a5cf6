package io.consigne.core.audit;

import io.consigne.core.db.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A line of the log.
 *
 * @param id its number; later lines have higher ones
 * @param at when it was done
 * @param actor what opened the door: {@code key}, {@code password}, {@code stranger}, {@code
 *     operator} or {@code host}
 * @param account the actor's e-mail; empty without one, or when it is gone
 * @param key what the actor's key is called, if it has a name, and its first characters; empty
 *     without one, or when it is gone
 * @param address where the actor was; empty on the host itself
 * @param client the program that asked; empty if it did not say
 * @param action what was done, such as {@code file.remove}
 * @param outcome {@code done}, or why it was refused
 * @param things what it was done to
 */
public record Noted(
    long id,
    Instant at,
    String actor,
    String account,
    String key,
    String address,
    String client,
    String action,
    String outcome,
    List<String> things) {
  /** Copies the things. */
  public Noted {
    things = List.copyOf(things);
  }

  static Noted read(Row row) {
    String things = row.text("things");
    return new Noted(
        row.number("id"),
        row.instant("at"),
        row.text("actor"),
        orEmpty(row, "email"),
        key(orEmpty(row, "name"), orEmpty(row, "hint")),
        orEmpty(row, "address"),
        row.text("client"),
        row.text("action"),
        row.text("outcome"),
        things.isEmpty() ? List.of() : List.of(things.split("\n", -1)));
  }

  private static String key(String name, String hint) {
    return hint.isEmpty() ? "" : (name + " " + hint + "…").strip();
  }

  private static String orEmpty(Row row, String column) {
    return Objects.requireNonNullElse(row.textOrNull(column), "");
  }
}
