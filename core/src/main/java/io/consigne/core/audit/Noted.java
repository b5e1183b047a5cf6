package io.consigne.core.audit;

import io.consigne.core.db.Row;
import io.consigne.core.ids.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A line of the log.
 *
 * @param id its number; later lines have higher ones
 * @param at when it was done
 * @param actor what opened the door: {@code key}, {@code password}, {@code stranger}, {@code
 *     operator} or {@code host}
 * @param account the actor's e-mail; empty without one, or when it is gone, or for the owner of a
 *     link that another account opened
 * @param key what the actor's key is called, if it has a name, and its first characters; empty
 *     without one, or when it is gone, or for others than its account
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
  /** What everybody may do who has a link. */
  private static final Set<String> OF_VISITORS =
      Set.of(Action.FILE_DOWNLOAD.label(), Action.FILE_OPEN.label(), Action.FOLDER_OPEN.label());

  /** Copies the things. */
  public Noted {
    things = List.copyOf(things);
  }

  /**
   * Names of accounts that have no more than a link are nobody's business, keys of others never.
   */
  static Noted read(Row row, boolean operator, AccountId log) {
    String things = row.text("things");
    String action = row.text("action");
    Long actor = row.numberOrNull("actor_id");
    boolean all = operator || (actor != null && actor == log.value());
    boolean named = all || !OF_VISITORS.contains(action);
    return new Noted(
        row.number("id"),
        row.instant("at"),
        row.text("actor"),
        named ? orEmpty(row, "email") : "",
        all ? key(orEmpty(row, "name"), orEmpty(row, "hint")) : "",
        orEmpty(row, "address"),
        row.text("client"),
        action,
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
