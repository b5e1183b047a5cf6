package io.consigne.core.db;

import java.util.List;
import java.util.Optional;

/** Facts of the whole host: a value under a name, in the table {@code host}. */
public final class HostFacts {
  private HostFacts() {}

  /** The value under that name; empty if there is none. */
  public static Optional<String> get(Sql sql, String name) {
    return sql.first("SELECT value FROM host WHERE name = ?", row -> row.text("value"), name);
  }

  /** Keeps a value under that name, in place of the one that is there. */
  public static void put(Sql sql, String name, String value) {
    sql.update(
        """
        INSERT INTO host (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        name,
        value);
  }

  /** Keeps a value under that name, unless there is one. */
  public static void add(Sql sql, String name, String value) {
    sql.update(
        "INSERT INTO host (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, value);
  }

  /** Removes what is under that name, if anything is. */
  public static void remove(Sql sql, String name) {
    sql.update("DELETE FROM host WHERE name = ?", name);
  }

  /** What is under names that begin so, in their order. */
  public static List<Fact> beginning(Sql sql, String prefix) {
    return beginning(sql, prefix, prefix, Integer.MAX_VALUE);
  }

  /**
   * What is under names that begin so, in their order, but for the names up to {@code after}.
   *
   * @param most how many facts at most
   */
  public static List<Fact> beginning(Sql sql, String prefix, String after, int most) {
    return sql.list(
        "SELECT name, value FROM host WHERE name > ? AND name < ? ORDER BY name LIMIT ?",
        row -> new Fact(row.text("name"), row.text("value")),
        after,
        prefix + "~",
        most);
  }

  /** A value and its name. */
  public record Fact(String name, String value) {}
}
