package io.consigne.server.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What an operator's command prints with {@code --json}: the envelope of all commands. */
final class OperatorJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int VERSION = 1;

  private OperatorJson() {}

  /** The rows that a command tells, as one object. */
  static String envelope(String command, List<Map<String, Object>> data) {
    var envelope = new LinkedHashMap<String, Object>();
    envelope.put("consigne", VERSION);
    envelope.put("command", command);
    envelope.put("data", data);
    return JSON.writeValueAsString(envelope);
  }

  /** In seconds, of UTC. */
  static String time(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
