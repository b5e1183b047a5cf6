package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire: objects in, objects out, and 1fichier.com's words for a failure. */
final class Told {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Told() {}

  /** What is asked; an empty body is an empty object. */
  static JsonNode body(Request request) {
    return JSON.readTree(request.body().length == 0 ? "{}" : request.text());
  }

  static Reply ok(Map<String, ?> members) {
    return Reply.json(200, text(members));
  }

  static String text(Object value) {
    return JSON.writeValueAsString(value);
  }

  static JsonNode value(String text) {
    return JSON.readTree(text);
  }

  static Reply ko(int status, String message) {
    return Reply.json(status, text(Map.of("status", "KO", "message", message)));
  }

  /** There is no such file or folder, or it was there once. */
  static Reply missing() {
    return ko(404, "Resource not found #469");
  }

  /** It is there, and may not be. */
  static Reply notAllowed() {
    return ko(403, "Resource not allowed #631");
  }

  /** It is called so and lies there already. */
  static Reply notRenamed() {
    return ko(403, "No file has been renamed #312");
  }

  /** The members of an array, none if there is none. */
  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** What is behind the question mark of a link. */
  static String id(JsonNode link) {
    String url = link.asString();
    return url.substring(url.indexOf('?') + 1);
  }

  static String date(Instant time) {
    return DATE.format(LocalDateTime.ofInstant(time, PARIS));
  }
}
