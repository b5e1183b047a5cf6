package io.consigne.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends answers as JSON, compact or spread for people. Short ones carry their length; long ones go
 * out while they are written.
 */
public final class JsonOutput {
  /** The content type of every JSON answer. */
  private static final String TYPE = "application/json; charset=utf-8";

  private static final int BUFFER = 64 * 1024;

  /** What fails midway does not look whole. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

  private static final ObjectWriter COMPACT = MAPPER.writer();
  private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

  private JsonOutput() {}

  /**
   * Sends what {@code content} writes; nothing is sent if it fails before much was written.
   *
   * @throws ClientGoneException if the client went away or takes nothing
   */
  public static void send(
      Exchange exchange, int status, boolean pretty, Consumer<JsonGenerator> content)
      throws IOException {
    var out = new Spill(exchange, status);
    try (JsonGenerator json = (pretty ? PRETTY : COMPACT).createGenerator(out)) {
      content.accept(json);
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
    out.finish();
  }

  /** Answers carry keys to files: nobody keeps them, and no browser takes them for a page. */
  private static void protect(Exchange exchange) {
    exchange.header("X-Content-Type-Options", "nosniff");
    exchange.header("Cache-Control", "no-store");
  }

  /** Holds back the beginning of an answer, so that a short one is sent whole with its length. */
  private static final class Spill extends OutputStream {
    private final Exchange exchange;
    private final int status;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
    private boolean spilled;

    Spill(Exchange exchange, int status) {
      this.exchange = exchange;
      this.status = status;
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
        exchange.status(status);
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
        exchange.send(status, TYPE, held.toByteArray());
      }
    }
  }
}
