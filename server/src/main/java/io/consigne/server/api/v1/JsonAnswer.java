package io.consigne.server.api.v1;

import io.consigne.server.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes answers as JSON: compact, or with {@code "pretty":1} in the request for people. Short ones
 * carry their length; long listings go out while they are read.
 */
final class JsonAnswer {
  /** The content type of every JSON answer. */
  static final String TYPE = "application/json; charset=utf-8";

  private static final int BUFFER = 64 * 1024;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final ObjectWriter COMPACT = MAPPER.writer();
  private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

  private JsonAnswer() {}

  static void send(Exchange exchange, JsonRequest request, Endpoint.Answer answer)
      throws IOException {
    boolean pretty = request.flag("pretty").orElse(false);
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
    var out = new Spill(exchange);
    try (JsonGenerator json = (pretty ? PRETTY : COMPACT).createGenerator(out)) {
      content.accept(json);
    }
    out.finish();
  }

  static void refuse(Exchange exchange, Refusal refusal) throws IOException {
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = COMPACT.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("status", "KO");
      json.writeStringProperty("message", refusal.message());
      json.writeEndObject();
    }
    if (refusal.retryAfterSeconds() > 0) {
      exchange.header("Retry-After", Long.toString(refusal.retryAfterSeconds()));
    }
    protect(exchange);
    exchange.send(refusal.status(), TYPE, out.toByteArray());
  }

  /** Answers carry keys to files: nobody keeps them, and no browser takes them for a page. */
  private static void protect(Exchange exchange) {
    exchange.header("X-Content-Type-Options", "nosniff");
    exchange.header("Cache-Control", "no-store");
  }

  /** Holds back the begin of an answer, so that a short one is sent whole with its length. */
  private static final class Spill extends OutputStream {
    private final Exchange exchange;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
    private boolean spilled;

    Spill(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      held.write(bytes, from, length);
      if (held.size() > BUFFER) {
        spill();
      }
    }

    private void spill() throws IOException {
      if (!spilled) {
        spilled = true;
        exchange.status(200);
        protect(exchange);
        exchange.header("Content-Type", TYPE);
      }
      exchange.write(ByteBuffer.wrap(held.toByteArray()));
      held.reset();
    }

    void finish() throws IOException {
      if (spilled) {
        spill();
      } else {
        protect(exchange);
        exchange.send(200, TYPE, held.toByteArray());
      }
    }
  }
}
