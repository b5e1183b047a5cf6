package io.consigne.cli.talk;

import io.avaje.json.mapper.JsonMapper;
import io.avaje.json.stream.JsonStream;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a command prints: {@code {"consigne":1,"command":"ls","data":…}}, {@code
 * "error"} unless all was done, which ends the process with 0, and {@code "warnings"} if there are
 * any. A command that failed has data if it has done something before. The command is named as it
 * is called, such as {@code remote list}. The number changes when something in it changes its
 * meaning; new fields may come at any time.
 */
final class Envelope {
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().jsonStream(JsonStream.builder().serializeEmpty(true).build()).build();

  private Envelope() {}

  /**
   * What a command found, and why it failed.
   *
   * @param data maps, lists, texts, numbers and booleans; null for none
   * @param error null if all was done
   * @param warnings what is to be known of it
   */
  static String of(
      String command, @Nullable Object data, @Nullable Object error, List<String> warnings) {
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("consigne", VERSION);
    envelope.put("command", command);
    if (data != null) {
      envelope.put("data", data);
    }
    if (error != null) {
      envelope.put("error", error);
    }
    if (!warnings.isEmpty()) {
      envelope.put("warnings", warnings);
    }
    return MAPPER.toJson(envelope);
  }
}
