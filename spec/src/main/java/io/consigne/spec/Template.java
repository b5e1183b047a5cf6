package io.consigne.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with placeholders, such as <code>{origin}/?{id:hello}</code>. */
public final class Template {
  private static final Pattern SLOT = Pattern.compile("\\{([a-z0-9]+)(?::([A-Za-z0-9_-]+))?\\}");

  private final String text;

  /** Literal texts and placeholders in turn; begins and ends with a literal. */
  private final List<String> literals = new ArrayList<>();

  private final List<Slot> slots = new ArrayList<>();

  private Template(String text) {
    this.text = text;
    Matcher matcher = SLOT.matcher(text);
    int from = 0;
    while (matcher.find()) {
      literals.add(text.substring(from, matcher.start()));
      slots.add(slot(matcher));
      from = matcher.end();
    }
    literals.add(text.substring(from));
  }

  private static Slot slot(Matcher matcher) {
    Kind kind =
        Kind.named(matcher.group(1))
            .orElseThrow(
                () -> new IllegalArgumentException("unknown placeholder: " + matcher.group()));
    String name = matcher.group(2);
    return new Slot(kind, name == null ? "" : name);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if a placeholder is of no known kind
   */
  public static Template parse(String text) {
    return new Template(text);
  }

  /** The only placeholder, if there is nothing else in the text. */
  Optional<Slot> alone() {
    boolean alone = slots.size() == 1 && literals.stream().allMatch(String::isEmpty);
    return alone ? Optional.of(slots.getFirst()) : Optional.empty();
  }

  /**
   * The text with the values of its placeholders.
   *
   * @throws IllegalStateException if one has none
   */
  public String render(Bindings bindings) {
    return fill(bindings::required);
  }

  /** The text with the values of its placeholders, and with examples where they have none. */
  public String example(Bindings bindings) {
    return fill(bindings::example);
  }

  private String fill(Function<Slot, String> values) {
    var filled = new StringBuilder(literals.getFirst());
    for (int i = 0; i < slots.size(); i++) {
      filled.append(values.apply(slots.get(i))).append(literals.get(i + 1));
    }
    return filled.toString();
  }

  /** Whether a text is one of this template; if so, new values are remembered. */
  public boolean matches(String actual, Bindings bindings) {
    return search(actual, bindings, Matcher::matches);
  }

  /** Whether a text contains one of this template; if so, new values are remembered. */
  public boolean isIn(String actual, Bindings bindings) {
    return search(actual, bindings, Matcher::find);
  }

  private boolean search(String actual, Bindings bindings, Function<Matcher, Boolean> how) {
    var groups = new HashMap<Slot, Integer>();
    var regex = new StringBuilder(Pattern.quote(literals.getFirst()));
    for (int i = 0; i < slots.size(); i++) {
      regex.append(expression(slots.get(i), bindings, groups));
      regex.append(Pattern.quote(literals.get(i + 1)));
    }
    Matcher matcher = Pattern.compile(regex.toString()).matcher(actual);
    if (!how.apply(matcher)) {
      return false;
    }
    groups.forEach((slot, group) -> bindings.bind(slot, matcher.group("g" + group)));
    return true;
  }

  private static String expression(Slot slot, Bindings bindings, Map<Slot, Integer> groups) {
    Optional<String> value = bindings.get(slot);
    if (value.isPresent()) {
      return Pattern.quote(value.get());
    }
    if (slot.name().isEmpty()) {
      return "(?:" + slot.kind().pattern() + ")";
    }
    Integer seen = groups.putIfAbsent(slot, groups.size());
    return seen == null
        ? "(?<g" + (groups.size() - 1) + ">" + slot.kind().pattern() + ")"
        : "\\k<g" + seen + ">";
  }

  @Override
  public String toString() {
    return text;
  }
}
