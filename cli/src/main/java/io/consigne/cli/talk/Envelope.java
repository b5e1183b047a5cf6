package io.consigne.cli.talk;

import io.avaje.json.mapper.JsonMapper;
import io.avaje.json.stream.JsonStream;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The JSON object that a command prints: {@code {"consigne":1,"command":"ls","data":…}}, and {@code
 * "warnings"} if there are any. The command is named as it is called, such as {@code remote list}.
 * The number changes when something in it changes its meaning; new fields may come at any time.
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
   * @param warnings what is to be known of it
   */
  static String of(String command, Object data, List<String> warnings) {
    return write(command, "data", data, warnings);
  }

  /** Why a command failed. */
  static String failed(String command, Object error) {
    return write(command, "error", error, List.of());
  }

  private static String write(String command, String field, Object content, List<String> warnings) {
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("consigne", VERSION);
    envelope.put("command", command);
    envelope.put(field, content);
    if (!warnings.isEmpty()) {
      envelope.put("warnings", warnings);
    }
    return MAPPER.toJson(envelope);
  }
}
