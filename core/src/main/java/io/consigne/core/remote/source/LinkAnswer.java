package io.consigne.core.remote.source;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** What a host answers about a link: texts by name. */
record LinkAnswer(Map<String, String> texts) {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Reads an object; of one that makes no sense there are no texts. */
  static LinkAnswer read(String json) {
    var texts = new TreeMap<String, String>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new LinkAnswer(Map.of());
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException _) {
      return new LinkAnswer(Map.of());
    }
    return new LinkAnswer(texts);
  }

  /** Where the bytes are, unless it is a refusal. */
  Optional<String> url() {
    return "KO".equalsIgnoreCase(texts.get("status"))
        ? Optional.empty()
        : Optional.ofNullable(texts.get("url"));
  }

  /** Whether the host has locked us out for a while. */
  boolean isLock() {
    String message = texts.getOrDefault("message", "").toLowerCase(Locale.ROOT);
    return message.contains("flood") || message.contains("ip locked");
  }

  /** The names alone: a text may be an address with its token. */
  @Override
  public String toString() {
    return "LinkAnswer" + texts.keySet();
  }
}
