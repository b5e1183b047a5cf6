package io.consigne.server.admin;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How requests and answers go over the socket: a JSON object each, with the version of this wire. A
 * host that was not restarted after an upgrade may meet a newer command.
 */
final class AdminWire {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String VERSION = "version";
  private static final int THIS_VERSION = 3;

  private AdminWire() {}

  static byte[] written(AdminRequest request) {
    return JSON.writeValueAsBytes(new Envelope(THIS_VERSION, request));
  }

  /**
   * Reads a request; empty if it comes from a command of another version.
   *
   * @throws JacksonException if it is none
   */
  static Optional<AdminRequest> request(byte[] bytes) {
    JsonNode read = JSON.readTree(bytes);
    return isOfThisVersion(read)
        ? Optional.of(JSON.treeToValue(read, Envelope.class).request())
        : Optional.empty();
  }

  /** What a command of another version is told. */
  static AdminAnswer refusal() {
    return new AdminAnswer(
        false,
        "the running host is of another version of Consigne than this command: restart the host");
  }

  static byte[] written(AdminAnswer answer) {
    ObjectNode node = JSON.valueToTree(answer);
    return line(node.put(VERSION, THIS_VERSION));
  }

  static byte[] written(AdminLine line) {
    return line(line);
  }

  private static byte[] line(Object value) {
    return (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a line of the host: an answer, or one before it, which goes to {@code lines}.
   *
   * @throws JacksonException if it is neither
   */
  static Optional<AdminAnswer> answer(String line, Consumer<AdminLine> lines) {
    JsonNode read = JSON.readTree(line);
    if (!read.has("done")) {
      lines.accept(JSON.treeToValue(read, AdminLine.class));
      return Optional.empty();
    }
    return Optional.of(
        isOfThisVersion(read) ? JSON.treeToValue(read, AdminAnswer.class) : refusal());
  }

  private static boolean isOfThisVersion(JsonNode read) {
    return read.path(VERSION).asInt(0) == THIS_VERSION;
  }

  private record Envelope(int version, AdminRequest request) {}
}
