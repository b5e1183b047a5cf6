package io.consigne.server.api.v1;

import io.consigne.server.http.Exchange;
import io.consigne.server.http.JsonOutput;
import java.io.IOException;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Writes answers as JSON: compact, or with {@code "pretty":1} in the request for people. */
final class JsonAnswer {
  private JsonAnswer() {}

  static void send(Exchange exchange, JsonRequest request, Endpoint.Answer answer)
      throws IOException {
    send(exchange, request.flag("pretty").orElse(false), answer);
  }

  static void send(Exchange exchange, boolean pretty, Endpoint.Answer answer) throws IOException {
    write(
        exchange,
        pretty,
        json -> {
          json.writeStartObject();
          answer.write(json);
          json.writeEndObject();
        });
  }

  /** Sends what {@code content} writes; nothing is sent if it fails before much was written. */
  static void write(Exchange exchange, boolean pretty, Consumer<JsonGenerator> content)
      throws IOException {
    JsonOutput.send(exchange, 200, pretty, content);
  }

  static void refuse(Exchange exchange, Refusal refusal) throws IOException {
    if (refusal.retryAfterSeconds() > 0) {
      exchange.header("Retry-After", Long.toString(refusal.retryAfterSeconds()));
    }
    JsonOutput.send(
        exchange,
        refusal.status(),
        false,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", "KO");
          json.writeStringProperty("message", refusal.message());
          json.writeEndObject();
        });
  }
}
