package io.consigne.client.wire;

import io.avaje.json.JsonException;
import io.avaje.json.mapper.JsonMapper;
import io.avaje.json.stream.JsonStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON text to values and back. */
final class Json {
  private static final int DEEPEST = 40;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().jsonStream(JsonStream.builder().serializeEmpty(true).build()).build();

  private Json() {}

  static String write(Map<String, ?> object) {
    return MAPPER.toJson(object);
  }

  /** The object that a text is; empty if it is none. */
  static Optional<JsonObject> object(String text) {
    return read(text, '{').flatMap(JsonObject::of);
  }

  /** The objects of the list that a text is; empty if it is none. */
  static Optional<List<JsonObject>> list(String text) {
    return read(text, '[').map(JsonObject::listOf);
  }

  private static Optional<Object> read(String text, char first) {
    String json = text.strip();
    if (json.isEmpty() || json.charAt(0) != first || depth(json) > DEEPEST) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(MAPPER.fromJson(json));
    } catch (JsonException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** How deep brackets are nested: the parser would overflow the stack. */
  private static int depth(String json) {
    int depth = 0;
    int deepest = 0;
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return deepest;
  }
}
