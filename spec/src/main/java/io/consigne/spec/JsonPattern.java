package io.consigne.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON with placeholders in its texts. Kinds count: the text {@code "1"} is not the number {@code
 * 1}. The order of members does not, that of elements does. An object has no other members than
 * those of the pattern, unless the pattern has the member {@code "..."}.
 */
public final class JsonPattern {
  private static final String MORE = "...";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode pattern;

  /** The pattern that {@code pattern} states. */
  public JsonPattern(JsonNode pattern) {
    this.pattern = pattern;
  }

  /**
   * The pattern with the values of its placeholders.
   *
   * @throws IllegalStateException if one has none
   */
  public JsonNode render(Bindings bindings) {
    return fill(pattern, text -> text.render(bindings));
  }

  /** The pattern with the values of its placeholders, and with examples where they have none. */
  public JsonNode example(Bindings bindings) {
    return fill(pattern, text -> text.example(bindings));
  }

  private static JsonNode fill(JsonNode node, Function<Template, String> values) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode filled = NODES.objectNode();
        object.properties().stream()
            .filter(member -> !member.getKey().equals(MORE))
            .forEach(member -> filled.set(member.getKey(), fill(member.getValue(), values)));
        yield filled;
      }
      case ArrayNode array -> {
        ArrayNode filled = NODES.arrayNode();
        array.forEach(element -> filled.add(fill(element, values)));
        yield filled;
      }
      default -> node.isString() ? text(Template.parse(node.asString()), values) : node;
    };
  }

  private static JsonNode text(Template template, Function<Template, String> values) {
    String filled = values.apply(template);
    return number(template) ? NODES.numberNode(Long.parseLong(filled)) : NODES.stringNode(filled);
  }

  private static boolean number(Template template) {
    return template.alone().filter(slot -> slot.kind() == Kind.INT).isPresent();
  }

  /** How {@code actual} differs from this pattern; empty if it does not. */
  public List<String> differences(JsonNode actual, Bindings bindings) {
    var differences = new ArrayList<String>();
    compare("$", pattern, actual, new Comparison(bindings, differences));
    return differences;
  }

  private static void compare(
      String path, JsonNode expected, JsonNode actual, Comparison comparison) {
    switch (expected) {
      case ObjectNode object when actual.isObject() -> members(path, object, actual, comparison);
      case ArrayNode array when actual.isArray() && array.size() == actual.size() -> {
        for (int i = 0; i < array.size(); i++) {
          compare(path + "[" + i + "]", array.get(i), actual.get(i), comparison);
        }
      }
      default -> {
        if (!scalar(expected, actual, comparison.bindings())) {
          comparison.add(path, "expected " + expected + " but was " + actual);
        }
      }
    }
  }

  private static void members(
      String path, ObjectNode expected, JsonNode actual, Comparison comparison) {
    for (var member : expected.properties()) {
      String name = member.getKey();
      if (!name.equals(MORE)) {
        Optional.ofNullable(actual.get(name))
            .ifPresentOrElse(
                value -> compare(path + "." + name, member.getValue(), value, comparison),
                () -> comparison.add(path + "." + name, "is missing"));
      }
    }
    if (!expected.has(MORE)) {
      actual.propertyNames().stream()
          .filter(name -> !expected.has(name))
          .forEach(name -> comparison.add(path + "." + name, "is too much: " + actual.get(name)));
    }
  }

  private static boolean scalar(JsonNode expected, JsonNode actual, Bindings bindings) {
    if (!expected.isString()) {
      return expected.equals(actual) || sameNumber(expected, actual);
    }
    Template template = Template.parse(expected.asString());
    boolean rightKind = number(template) ? actual.isIntegralNumber() : actual.isString();
    return rightKind && template.matches(actual.asString(), bindings);
  }

  private static boolean sameNumber(JsonNode expected, JsonNode actual) {
    return expected.isIntegralNumber()
        && actual.isIntegralNumber()
        && expected.bigIntegerValue().equals(actual.bigIntegerValue());
  }

  @Override
  public String toString() {
    return pattern.toString();
  }

  private record Comparison(Bindings bindings, List<String> differences) {
    void add(String path, String difference) {
      differences.add(path + " " + difference);
    }
  }
}
