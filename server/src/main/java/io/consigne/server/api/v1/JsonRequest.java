package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.JsonReader;
import io.consigne.server.http.MalformedBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The JSON object of a request, read as leniently as 1fichier reads it: an empty body and {@code
 * ""} mean {@code {}}, {@code null} means absent, numbers may come as text, unknown members are
 * ignored.
 */
final class JsonRequest {
  private static final JsonReader READER =
      new JsonReader(WireLimits.JSON_DEPTH, WireLimits.JSON_TOKENS);

  private static final int SHOWN = 100;
  private static final List<String> NAMES =
      List.of("url", "urls", "folder_id", "filename", "sharing_user", "destination_folder_id");

  /** Members whose values are not shown, not even to who sent them: answers are logged, too. */
  private static final Set<String> SECRETS = Set.of("pass", "key", "keys", "code", "headers");

  private JsonNode node;

  private JsonRequest(JsonNode node) {
    this.node = node;
  }

  /**
   * Reads a body.
   *
   * @throws MalformedBody if it is not JSON
   * @throws io.consigne.core.failure.FailureException {@code Invalid} if it is no JSON object
   */
  static JsonRequest parse(byte[] body) throws MalformedBody {
    JsonNode node = READER.read(body);
    if (node.isMissingNode() || node.isNull() || (node.isString() && node.asString().isEmpty())) {
      return new JsonRequest(JsonNodeFactory.instance.objectNode());
    }
    return object("body", node);
  }

  /** Forgets all members: the answer may take long to be sent, and a body much memory. */
  void forget() {
    node = JsonNodeFactory.instance.objectNode();
  }

  private static JsonRequest object(String field, JsonNode node) {
    if (!node.isObject()) {
      throw invalid(field, node, "must be a JSON object");
    }
    return new JsonRequest(node);
  }

  /** What the request is about, for the audit log: never a member that may hold a secret. */
  List<String> named() {
    return NAMES.stream()
        .filter(this::has)
        .map(name -> name + " " + shown(node.get(name)))
        .toList();
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return JsonReader.sendable(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
  }

  /** Whether the member is there and not null. */
  boolean has(String field) {
    return member(field) != null;
  }

  private @Nullable JsonNode member(String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value;
  }

  /** A text, also an empty one. */
  Optional<String> text(String field) {
    JsonNode value = member(field);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isString() && !value.isNumber()) {
      throw invalid(field, value, "must be a text");
    }
    return Optional.of(wholeText(field, value));
  }

  /** A text as it is; half of a character would be stored as something else. */
  private static String wholeText(String field, JsonNode value) {
    String text = value.asString();
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw invalid(field, value, "must be whole Unicode characters");
    }
    return text;
  }

  /** A text that counts as absent when it is empty. */
  Optional<String> filled(String field) {
    return text(field).filter(text -> !text.isEmpty());
  }

  /** A text that must be there. */
  String required(String field) {
    return filled(field)
        .orElseThrow(() -> new Failure.Invalid(field, "", "is missing").asException());
  }

  /** A whole number, also as text; an empty text counts as absent. */
  Optional<Long> number(String field) {
    JsonNode value = member(field);
    if (value == null || (value.isString() && value.asString().isEmpty())) {
      return Optional.empty();
    }
    if (value.isBoolean()) {
      return Optional.of(value.asBoolean() ? 1L : 0L);
    }
    if (!value.isString() && !value.isNumber()) {
      throw invalid(field, value, "must be a whole number");
    }
    return Optional.of(whole(field, value));
  }

  private static long whole(String field, JsonNode value) {
    return Decimals.parse(value.asString())
        .flatMap(Decimals::whole)
        .orElseThrow(() -> invalid(field, value, "must be a whole number"));
  }

  /** A switch: 0 or 1, also as text or boolean. */
  Optional<Boolean> flag(String field) {
    return number(field)
        .map(value -> {
          if (value != 0 && value != 1) {
            throw new Failure.Invalid(field, value.toString(), "must be 0 or 1").asException();
          }
          return value == 1;
        });
  }

  /** A list of texts; one text alone counts as a list of one. */
  Optional<List<String>> texts(String field) {
    JsonNode value = member(field);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isString()) {
      return Optional.of(List.of(wholeText(field, value)));
    }
    var texts = new ArrayList<String>();
    for (JsonNode element : array(field, value)) {
      if (!element.isString()) {
        throw invalid(field, element, "must be a list of texts");
      }
      texts.add(wholeText(field, element));
    }
    return Optional.of(texts);
  }

  /** Texts by their names; empty if the member is absent or no object. */
  Optional<Map<String, String>> textsByName(String field) {
    JsonNode value = member(field);
    if (value == null || !value.isObject()) {
      return Optional.empty();
    }
    var texts = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (!entry.getValue().isString() && !entry.getValue().isNumber()) {
        throw invalid(field, value, "must be an object of texts");
      }
      texts.put(entry.getKey(), wholeText(field, entry.getValue()));
    }
    return Optional.of(texts);
  }

  /** A list of objects. */
  Optional<List<JsonRequest>> objects(String field) {
    JsonNode value = member(field);
    if (value == null) {
      return Optional.empty();
    }
    var objects = new ArrayList<JsonRequest>();
    for (JsonNode element : array(field, value)) {
      objects.add(object(field, element));
    }
    return Optional.of(objects);
  }

  /** An object. */
  Optional<JsonRequest> object(String field) {
    JsonNode value = member(field);
    return value == null ? Optional.empty() : Optional.of(object(field, value));
  }

  private static JsonNode array(String field, JsonNode value) {
    if (!value.isArray()) {
      throw invalid(field, value, "must be a list");
    }
    return value;
  }

  private static RuntimeException invalid(String field, JsonNode value, String rule) {
    String shown = SECRETS.contains(field) ? "" : shown(value);
    return new Failure.Invalid(field, shown, rule).asException();
  }
}
