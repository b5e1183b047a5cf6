package io.consigne.core.events;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Something that happened to an account.
 *
 * @param kind what
 * @param data the particulars, a JSON object; never a secret
 */
public record Event(EventKind kind, String data) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * An event.
   *
   * @param members texts, whole numbers, and lists of such maps, in the order of the iteration
   */
  public static Event of(EventKind kind, Map<String, ?> members) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, members);
    }
    return new Event(kind, text.toString());
  }

  private static void write(JsonGenerator json, Object value) {
    switch (value) {
      case Map<?, ?> members -> {
        json.writeStartObject();
        members.forEach((name, member) -> {
          json.writeName(String.valueOf(name));
          write(json, member);
        });
        json.writeEndObject();
      }
      case Iterable<?> elements -> {
        json.writeStartArray();
        elements.forEach(element -> write(json, element));
        json.writeEndArray();
      }
      case String text -> json.writeString(text);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      default -> throw new IllegalArgumentException("no member of an event: " + value.getClass());
    }
  }
}
