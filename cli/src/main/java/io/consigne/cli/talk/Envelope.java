package io.consigne.cli.talk;

import io.avaje.json.mapper.JsonMapper;
import io.avaje.json.stream.JsonStream;
import java.util.LinkedHashMap;

/**
 * The JSON object that a command prints: {@code {"consigne":1,"command":"ls","data":…}}. The number
 * changes when something in it changes its meaning; new fields may come at any time.
 */
final class Envelope {
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().jsonStream(JsonStream.builder().serializeEmpty(true).build()).build();

  private Envelope() {}

  /**
   * What a command found.
   *
   * @param data maps, lists, texts, numbers and booleans
   */
  static String of(String command, Object data) {
    return write(command, "data", data);
  }

  /** Why a command failed. */
  static String failed(String command, Object error) {
    return write(command, "error", error);
  }

  private static String write(String command, String field, Object content) {
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("consigne", VERSION);
    envelope.put("command", command);
    envelope.put(field, content);
    return MAPPER.toJson(envelope);
  }
}
