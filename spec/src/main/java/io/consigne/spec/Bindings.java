package io.consigne.spec;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values that the placeholders of one playing of a scenario have so far. */
public final class Bindings {
  private final Map<Slot, String> values = new HashMap<>();

  /** The value of a placeholder; empty if it has none yet. */
  public Optional<String> get(Slot slot) {
    return Optional.ofNullable(values.get(slot));
  }

  /** Gives a placeholder its value. */
  public void bind(Slot slot, String value) {
    values.put(slot, value);
  }

  /**
   * The value that a request needs.
   *
   * @throws IllegalStateException if the placeholder has none
   */
  String required(Slot slot) {
    return get(slot)
        .orElseThrow(() -> new IllegalStateException("placeholder has no value yet: " + slot));
  }

  /**
   * The value of a placeholder; if it has none, an example, which it keeps. Examples of different
   * names differ.
   */
  String example(Slot slot) {
    Optional<String> known = get(slot);
    if (known.isPresent()) {
      return known.get();
    }
    String example = slot.name().isEmpty() ? slot.kind().example() : distinct(slot);
    bind(slot, example);
    return example;
  }

  private String distinct(Slot slot) {
    String example = slot.kind().example();
    return switch (slot.kind()) {
      case EMAIL -> slot.name() + "@example.org";
      case INT, ID, TOKEN, SHARE, CODE, UPLOAD, KEY, WHIRLPOOL, SHA256 ->
          example.substring(0, example.length() - 2) + (10 + values.size() % 90);
      default -> example;
    };
  }
}
