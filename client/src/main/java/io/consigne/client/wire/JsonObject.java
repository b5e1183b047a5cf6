package io.consigne.client.wire;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An object of an answer. Hosts differ in kinds: numbers come as text and switches as numbers,
 * texts or booleans, so any of them is taken.
 */
public final class JsonObject {
  /** An object without members. */
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  private final Map<?, ?> members;

  private JsonObject(Map<?, ?> members) {
    this.members = members;
  }

  static Optional<JsonObject> of(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? Optional.of(new JsonObject(map)) : Optional.empty();
  }

  static List<JsonObject> listOf(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().flatMap(item -> of(item).stream()).toList()
        : List.of();
  }

  /** The same with other texts, by their names, wherever they are. */
  JsonObject with(BinaryOperator<String> texts) {
    return new JsonObject(changed(members, texts));
  }

  private static Map<?, ?> changed(Map<?, ?> map, BinaryOperator<String> texts) {
    var changed = new HashMap<Object, @Nullable Object>();
    map.forEach((name, value) -> changed.put(name, changed(String.valueOf(name), value, texts)));
    return changed;
  }

  private static @Nullable Object changed(
      String name, @Nullable Object value, BinaryOperator<String> texts) {
    return switch (value) {
      case String text -> texts.apply(name, text);
      case Map<?, ?> map -> changed(map, texts);
      case List<?> list -> {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(
            item -> items.add(item instanceof Map<?, ?> ? changed("", item, texts) : item));
        yield items;
      }
      case null, default -> value;
    };
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  /** A text; null if it is absent. */
  @Nullable String text(String name) {
    Object value = members.get(name);
    return value == null || value instanceof Map || value instanceof List
        ? null
        : String.valueOf(value);
  }

  /** A text; empty if it is absent. */
  String textOrEmpty(String name) {
    String text = text(name);
    return text == null ? "" : text;
  }

  /** A text; null if it is absent or empty. */
  @Nullable String filled(String name) {
    String text = text(name);
    return text == null || text.isEmpty() ? null : text;
  }

  /** A whole number; 0 if it is absent or none. */
  long number(String name) {
    return (long) decimal(name);
  }

  /** A whole number; null if it is absent or none. */
  @Nullable Long numberOrNull(String name) {
    String text = text(name);
    return text == null || !text.matches("-?[0-9]{1,18}") ? null : Long.valueOf(text);
  }

  /** A number; 0 if it is absent or none. */
  double decimal(String name) {
    Object value = members.get(name);
    if (value instanceof Number number) {
      return number instanceof Long whole ? whole : number.doubleValue();
    }
    try {
      return new BigDecimal(textOrEmpty(name).strip()).doubleValue();
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A switch; off if it is absent. */
  boolean isOn(String name) {
    return members.get(name) instanceof Boolean on ? on : number(name) != 0;
  }

  /** A time in Paris; null if it is absent or none. */
  @Nullable Instant time(String name) {
    return ParisTime.parse(textOrEmpty(name)).orElse(null);
  }

  /** A time in UTC; null if it is absent or none. */
  @Nullable Instant instant(String name) {
    try {
      return Instant.parse(textOrEmpty(name));
    } catch (DateTimeException e) {
      return null;
    }
  }

  List<JsonObject> objects(String name) {
    return listOf(members.get(name));
  }

  Optional<JsonObject> object(String name) {
    return of(members.get(name));
  }

  List<String> texts(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
